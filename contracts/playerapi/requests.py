"""Bodies of requests."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictInt, StrictStr

from contracts.chaos import Sabotage
from contracts.state import ContentLevel

MAX_ACTION = 2000


MAX_NAME = 40


def _plain_text(value: str) -> str:
    """Text a person typed: no NUL or other control characters, no lone surrogates, not only blanks."""
    if any((ord(c) < 32 and c not in "\n\t") or ord(c) == 127 or 0xD800 <= ord(c) <= 0xDFFF for c in value):
        raise ValueError("must not contain control characters or unpaired surrogates")
    if not value.strip():
        raise ValueError("must not be blank")
    return value.strip()


class Body(BaseModel):
    """A request body: strict, because a typing error must not be taken for a wish."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class NewCharacter(Body):
    name: Annotated[StrictStr, Field(min_length=1, max_length=MAX_NAME), AfterValidator(_plain_text)]
    class_id: Annotated[StrictStr, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]


class NewCampaign(Body):
    character: NewCharacter
    content: ContentLevel | None = Field(
        default=None,
        description="What the story may hold, strictest first; 422 for more than the deployment allows. Absent: teen,"
        " or family where no more is allowed.",
    )


class NewTurn(Body):
    action: Annotated[StrictStr, Field(min_length=1, max_length=MAX_ACTION), AfterValidator(_plain_text)]
    expected_turn: Annotated[StrictInt, Field(ge=1)] | None = Field(
        default=None, description="The number this turn would have, as the client sees it; 409 when it would not."
    )
    chaos: Sabotage | None = Field(
        default=None, description="Break this on purpose in this turn; 403 unless the operator enabled chaos."
    )


class NewFork(Body):
    at_turn: Annotated[StrictInt, Field(ge=0, le=999_999)] = Field(
        description="The last turn that both campaigns share; 0 is the beginning."
    )


class NewReport(Body):
    """A reason to look at the story of a turn. Without words: the story itself is what is looked at."""

    reason: Literal["wrong", "hurtful", "sexual", "hateful", "self-harm", "real-person", "other"]


Email = Annotated[StrictStr, Field(pattern=r"^[^@\s]{1,64}@[^@\s]{1,190}$", max_length=254)]


Password = Annotated[StrictStr, Field(min_length=12, max_length=99)]


class NewAccount(Body):
    """Credentials with which a guest comes back from another device."""

    email: Email
    password: Password


class NewSession(Body):
    """Sign in with `email` and `password`, or go on with a `refresh_token`: one of the two."""

    email: Annotated[StrictStr, Field(max_length=254)] | None = None
    password: Annotated[StrictStr, Field(max_length=99)] | None = None
    refresh_token: Annotated[StrictStr, Field(max_length=8192)] | None = None


class SessionRevocation(Body):
    """The session to end: its refresh token opens nothing any more."""

    refresh_token: Annotated[StrictStr, Field(min_length=1, max_length=8192)]


Code = Annotated[StrictStr, Field(pattern=r"^[!-~]{1,64}$")]
"""The code that came by mail."""


class EmailVerification(Body):
    """Proof that mail to the account's e-mail is read: the code in it."""

    code: Code


class NewPasswordReset(Body):
    email: Email


class NewPassword(Body):
    """A password for an account whose old one is lost, with the code that came by mail."""

    email: Email
    code: Code
    password: Password


class EraseAccount(Body):
    """Consent to erase all of a player, for good."""

    confirm: Annotated[StrictStr, Field(max_length=64)] | None = Field(
        default=None, description="The word `erase`. Without it nothing is erased.", examples=["erase"]
    )
