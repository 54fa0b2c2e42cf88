"""The error names that workflows match. A name here is a contract: Step Functions sees the class name.

    StageError
    ├── Retryable                 the same request may succeed: the state machine backs off and asks again
    │   ├── Transient             a dependency hiccuped (DynamoDB, Lambda, the network)
    │   ├── StillInProgress       another copy of this very step is running
    │   ├── ModelThrottled        the model's service asked for fewer requests
    │   └── ModelUnavailable      the model's service failed, dropped the line or took too long
    └── Fatal                     asking again cannot help
        ├── InvalidRequest        the message breaks its contract: a bug in the sender
        ├── KeyReused             an idempotency key came back with another payload: a bug in the sender
        ├── ModelRefused          the model's service will not answer this prompt (filter, access, validation)
        ├── CampaignMissing       there is no such campaign
        ├── CampaignOver          the story has ended; nothing more can be played
        ├── CannotFork            the campaign cannot be forked there: the turn is not played yet, or nothing follows it
        ├── TurnSuperseded        the campaign moved on: this turn's base version is no longer the current one
        └── TurnWasVoided         the turn was given up before it was committed, and stays given up

A refusal the story can tell ("the door is locked") is never an error: it is a reply.
"""

__all__ = [
    "CampaignMissing",
    "CampaignOver",
    "CannotFork",
    "Fatal",
    "InvalidRequest",
    "KeyReused",
    "ModelRefused",
    "ModelThrottled",
    "ModelUnavailable",
    "Retryable",
    "StageError",
    "StillInProgress",
    "Transient",
    "TurnSuperseded",
    "TurnWasVoided",
]


class StageError(Exception):
    """Base of the errors a stage raises on purpose."""


class Retryable(StageError):
    """The same request may succeed later."""


class Transient(Retryable):
    """A dependency failed in a way that passes."""


class StillInProgress(Retryable):
    """The same idempotency key is being worked on elsewhere."""


class ModelThrottled(Retryable):
    """The model's service is limiting our rate."""


class ModelUnavailable(Retryable):
    """The model's service failed, dropped the connection or did not answer in time."""


class Fatal(StageError):
    """The same request will never succeed."""


class InvalidRequest(Fatal):
    """The request does not match the contract."""


class KeyReused(Fatal):
    """The idempotency key was used before with another payload."""


class ModelRefused(Fatal):
    """The model's service declined this prompt, this model id or these credentials."""


class CampaignMissing(Fatal):
    """No campaign has this id."""


class CampaignOver(Fatal):
    """The campaign has ended."""


class CannotFork(Fatal):
    """There is no fork from this turn: it was not played, the story ended there, or forks of forks go too deep."""


class TurnSuperseded(Fatal):
    """The campaign's version is not the one this turn was opened on."""


class TurnWasVoided(Fatal):
    """The turn was voided before it could be committed."""
