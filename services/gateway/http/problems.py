"""The problems of the player API (RFC 9457), as data. `type` is stable: programs match on it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from contracts.playerapi import Problem
from services.gateway.domain import links
from services.gateway.domain.rejections import Rejection
from services.gateway.http.exchange import HttpResponse, dump_json

CONTENT_TYPE = "application/problem+json"
_BEARER = {"WWW-Authenticate": "Bearer"}


class ProblemError(Exception):
    """A request that is answered with a problem. Nothing was written."""

    def __init__(self, problem: Problem, headers: Mapping[str, str]) -> None:
        super().__init__(problem.type)
        self.problem = problem
        self.headers = headers

    def response(self) -> HttpResponse:
        body = dump_json(self.problem.model_dump(mode="json", exclude_none=True))
        return HttpResponse(self.problem.status, body, self.headers, CONTENT_TYPE)


@dataclass(frozen=True, eq=False)
class ProblemType:
    """A type of problem. In `detail`, `headers`, `at` and `instance`, `{name}` stands for a fact of the request.

    `at` says where in the request the error is, and `each` names the fact that says what is wrong there.
    """

    kind: str
    status: int
    title: str
    detail: str
    headers: Mapping[str, str] = field(default_factory=dict)
    at: Mapping[str, str] = field(default_factory=dict)
    each: str = ""
    instance: str | None = None

    @property
    def type(self) -> str:
        return f"/problems/{self.kind}"

    @property
    def example(self) -> dict[str, Any]:
        """A problem of this type, with an ellipsis where the facts of a request stand."""
        detail = re.sub(r"\{\w+\}", "…", self.detail)
        return {"type": self.type, "title": self.title, "status": self.status, "detail": detail}

    def error(self, errors: tuple[dict[str, Any], ...] = (), **facts: Any) -> ProblemError:
        """The problem with the facts of a request. Raises KeyError when one is missing."""
        words = {name: ", ".join(fact) if isinstance(fact, tuple) else fact for name, fact in facts.items()}
        detail = self.detail.format_map(words)
        wrong = facts[self.each] if self.each else detail
        reasons = wrong if isinstance(wrong, tuple) else (wrong,)
        at = _fill(self.at, words)
        problem = Problem(
            type=self.type,
            status=self.status,
            title=self.title,
            detail=detail,
            instance=self.instance.format_map(words) if self.instance else None,
            errors=errors or tuple({"detail": reason, **at} for reason in reasons if at) or None,
        )
        return ProblemError(problem, _fill(self.headers, words))


def _fill(templates: Mapping[str, str], words: Mapping[str, Any]) -> dict[str, str]:
    return {name: template.format_map(words) for name, template in templates.items()}


def find_type(kind: str) -> ProblemType:
    """The type of this kind. Raises KeyError."""
    return _BY_KIND[kind]


def to_problem(rejection: Rejection) -> ProblemError:
    """The problem a client reads of a rejection."""
    return find_type(rejection.kind).error(**vars(rejection))


UNAUTHENTICATED = ProblemType(
    "unauthenticated", 401, "Unauthenticated", "Send the access token of a player as a bearer token.", headers=_BEARER
)
BEING_ERASED = ProblemType(
    "being-erased",
    403,
    "Being erased",
    "This player is being erased, or was erased, for good. Come in as a new guest to play again.",
)
NOT_CONFIRMED = ProblemType(
    "not-confirmed",
    422,
    "Not confirmed",
    'Nothing was erased. Send {{"confirm": "erase"}} to erase this player and all campaigns for good.',
    at={"pointer": "#/confirm", "detail": "must be the word erase"},
)
CHAOS_DISABLED = ProblemType(
    "chaos-disabled",
    403,
    "Chaos is disabled",
    "The operator of this deployment did not enable chaos. Send the turn without it.",
)
NOT_FOUND = ProblemType("not-found", 404, "Not found", "There is no such {what}.")
METHOD_NOT_ALLOWED = ProblemType(
    "method-not-allowed", 405, "Method not allowed", "Allowed here: {methods}.", headers={"Allow": "{methods}"}
)
INVALID_QUERY = ProblemType(
    "invalid-query",
    400,
    "Invalid query parameter",
    "{parameter}: {reason}",
    at={"parameter": "{parameter}"},
    each="reason",
)
KEY_MISSING = ProblemType(
    "idempotency-key-missing",
    400,
    "Idempotency-Key missing",
    "Send an Idempotency-Key header: a new one for a new request, the same one to repeat a request.",
)
KEY_INVALID = ProblemType(
    "idempotency-key-invalid", 400, "Invalid Idempotency-Key", "Use 1 to 128 printable ASCII characters."
)
KEY_REUSED = ProblemType(
    "idempotency-key-reused",
    422,
    "Idempotency-Key reused",
    "This key belongs to an earlier, different request. Use a new one.",
)
WRONG_CONTENT_TYPE = ProblemType(
    "unsupported-media-type",
    415,
    "Unsupported media type",
    "Send application/json.",
    headers={"Accept-Post": "application/json"},
)
TOO_LARGE = ProblemType("too-large", 413, "Too large", "At most {limit} bytes are accepted.")
MALFORMED = ProblemType("malformed-json", 400, "Malformed JSON", "{reason}")
INVALID_BODY = ProblemType(
    "invalid-body", 422, "Invalid body", "The body is not valid. Each of the errors names a field and what is wrong."
)
UNKNOWN_CLASS = ProblemType(
    "unknown-class",
    422,
    "Unknown class",
    "{class_id} is not a class of this world. Classes: {known}.",
    at={"pointer": "#/character/class_id"},
)
INVALID_NAME = ProblemType(
    "invalid-name",
    422,
    "Invalid name",
    "The name {rules}. Use letters, digits, blanks and plain punctuation.",
    at={"pointer": "#/character/name"},
    each="rules",
)
CONTENT_NOT_ALLOWED = ProblemType(
    "content-not-allowed",
    422,
    "Content not allowed",
    "Stories are not told at {asked} here. Use one of {allowed}, or leave content out.",
    at={"pointer": "#/content"},
)
CANNOT_FORK = ProblemType("cannot-fork", 422, "Cannot fork", "{reason}", at={"pointer": "#/at_turn"})
TURN_IN_PROGRESS = ProblemType(
    "turn-in-progress",
    409,
    "Turn in progress",
    f"Wait for {links.TURN} to end, then act again.",
    headers={"Retry-After": "1"},
    instance=links.TURN,
)
TURN_CONFLICT = ProblemType(
    "turn-conflict", 409, "Turn conflict", "You expected turn {expected}; the next is {actual}."
)
CAMPAIGN_OVER = ProblemType("campaign-over", 409, "Campaign over", "This campaign has ended. Start a new one.")
STORY_UNTOLD = ProblemType("not-told", 409, "Nothing told yet", "This turn has no story that could be reported.")
RATE_LIMITED = ProblemType(
    "rate-limited",
    429,
    "Too many requests",
    "At most {most} {what} are allowed in {span}. Nothing was changed. Repeat the request in {wait} s.",
    headers={"Retry-After": "{wait}"},
)
GUESTS_FULL = ProblemType(
    "guests-full",
    503,
    "No more guests today",
    "{most} guests came today, and no more are let in before midnight UTC, in {wait} s. Accounts sign in as ever.",
    headers={"Retry-After": "{wait}"},
)
SIGN_IN_FAILED = ProblemType(
    "sign-in-failed", 401, "Sign-in failed", "No account has this e-mail and this password.", headers=_BEARER
)
SESSION_EXPIRED = ProblemType(
    "session-expired",
    401,
    "Session expired",
    "This session has ended. Sign in again, or go on as a new guest. What was played stays.",
    headers=_BEARER,
)
EMAIL_TAKEN = ProblemType(
    "email-taken",
    409,
    "E-mail taken",
    "Another account uses this e-mail. Sign in with it instead.",
    at={"pointer": "#/email", "detail": "belongs to another account"},
)
ALREADY_AN_ACCOUNT = ProblemType(
    "already-an-account", 409, "Already an account", "This player has an e-mail and a password already."
)
NO_ACCOUNT = ProblemType(
    "no-account", 409, "No account", "This player is a guest and has no e-mail. Make an account first."
)
CODE_REFUSED = ProblemType(
    "code-refused",
    422,
    "Code refused",
    "This is another code, or an old one. Ask for a new one.",
    at={"pointer": "#/code", "detail": "is not valid"},
)
PASSWORD_TOO_WEAK = ProblemType(
    "password-too-weak",
    422,
    "Password too weak",
    "The password {rules}.",
    at={"pointer": "#/password"},
    each="rules",
)
TOO_MANY_CAMPAIGNS = ProblemType(
    "too-many-campaigns", 409, "Too many campaigns", "A connection listens to {most} at most. Open another."
)
UNKNOWN_MESSAGE = ProblemType(
    "unknown-message",
    422,
    "Unknown message",
    'Send {{"type": "subscribe", "campaign_id": …}} or {{"type": "ping"}}.',
)
UNAVAILABLE = ProblemType(
    "unavailable",
    503,
    "Unavailable",
    "Something we depend on is busy. Repeating the request is safe.",
    headers={"Retry-After": "2"},
)
INTERNAL = ProblemType("internal", 500, "Internal error", "The request failed in a way we did not expect.")

_BY_KIND = {each.kind: each for each in tuple(globals().values()) if isinstance(each, ProblemType)}
