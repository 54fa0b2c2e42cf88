"""Rejections of the gateway, with their reasons.

`kind` names the problem that a client reads, and the fields fill its words: `http/problems.py` has them, and its
status. Nothing was written when one of these is raised.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from contracts.envelope import CampaignId, TurnId


class Rejection(Exception):
    """A request that is not granted."""

    kind: ClassVar[str]


@dataclass(eq=False)
class ResourceMissing(Rejection):
    """Also for what exists but is not the caller's: nobody learns what others have."""

    kind = "not-found"
    what: str


class BeingErased(Rejection):
    """The player began to be erased: whatever a token of theirs asks for is over."""

    kind = "being-erased"


class NotConfirmed(Rejection):
    """An erasure was asked for without the word for it."""

    kind = "not-confirmed"


class KeyInUse(Rejection):
    """The Idempotency-Key belongs to a different request."""

    kind = "idempotency-key-reused"


class ChaosDisabled(Rejection):
    """A turn asks for a fault, and the operator of this deployment does not inject any."""

    kind = "chaos-disabled"


@dataclass(eq=False)
class TurnRunning(Rejection):
    """Another turn of this campaign has not ended yet."""

    kind = "turn-in-progress"
    campaign_id: CampaignId
    turn_id: TurnId


@dataclass(eq=False)
class UnexpectedTurn(Rejection):
    """The client expected another number for its turn."""

    kind = "turn-conflict"
    expected: int
    actual: int


class CampaignFinished(Rejection):
    """The story has ended: no turn can be played."""

    kind = "campaign-over"


GATE_SHUT = (TurnRunning, UnexpectedTurn, CampaignFinished)
"""Rejections of a turn because of what its campaign's gate is at this moment."""


class StoryUntold(Rejection):
    """The turn has no story: it is still played, or it failed."""

    kind = "not-told"


@dataclass(eq=False)
class UnknownClass(Rejection):
    """The world has no such class of character."""

    kind = "unknown-class"
    class_id: str
    known: tuple[str, ...]


@dataclass(eq=False)
class InvalidName(Rejection):
    """`rules`: every rule the character's name breaks."""

    kind = "invalid-name"
    rules: tuple[str, ...]


@dataclass(eq=False)
class ContentTooLoose(Rejection):
    """A campaign asks for more than this deployment tells. `allowed`: the levels there are here."""

    kind = "content-not-allowed"
    asked: str
    allowed: tuple[str, ...]


@dataclass(eq=False)
class ForkRejected(Rejection):
    """`reason` is the campaign's own sentence: why not there, and where else."""

    kind = "cannot-fork"
    reason: str


@dataclass(eq=False)
class InvalidQuery(Rejection):
    """A query parameter that names nothing of ours."""

    kind = "invalid-query"
    parameter: str
    reason: str


@dataclass(eq=False)
class TooManyRequests(Rejection):
    """`wait`: whole seconds until the next request is granted."""

    kind = "rate-limited"
    what: str
    most: int
    span: str
    wait: int


@dataclass(eq=False)
class GuestsFull(Rejection):
    """As many guests came today as the deployment pays for. `wait`: whole seconds until more are let in."""

    kind = "guests-full"
    most: int
    wait: int


@dataclass(eq=False)
class TooManySubscriptions(Rejection):
    """A connection listens to as many campaigns as it may."""

    kind = "too-many-campaigns"
    most: int


class SignInFailed(Rejection):
    """No such account, or another password: nobody learns which."""

    kind = "sign-in-failed"


class SessionExpired(Rejection):
    """A token that opens nothing any more."""

    kind = "session-expired"


class EmailInUse(Rejection):
    """Another account has this e-mail."""

    kind = "email-taken"


class AccountExists(Rejection):
    """The player is no guest."""

    kind = "already-an-account"


class NoAccount(Rejection):
    """The player is a guest."""

    kind = "no-account"


class InvalidCode(Rejection):
    """Another code or an old one, or an e-mail without an account: nobody learns which."""

    kind = "code-refused"


@dataclass(eq=False)
class WeakPassword(Rejection):
    """`rules`: every rule the password breaks."""

    kind = "password-too-weak"
    rules: tuple[str, ...]
