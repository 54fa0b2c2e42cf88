"""Sessions, exports and erasures."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from contracts.envelope import Message, PlayerId

ExportId = Annotated[str, Field(pattern=r"^x_[a-z2-7]{26}$")]


class AccountExport(Message):
    """An archive of what is held about the caller: a zip of JSON files, with a `manifest.json` that has the SHA-256 of
    each. While it is made, ask again."""

    export_id: ExportId
    state: str = Field(
        description="Of a failed one nothing is left: ask for another.",
        json_schema_extra={"x-extensible-enum": ["running", "ready", "failed"]},
    )
    begun_at: AwareDatetime
    kept_until: AwareDatetime | None = Field(default=None, description="Of a ready one: when it is deleted.")
    bytes: int | None = Field(default=None, ge=1, description="Of a ready one.")
    sha256: str | None = Field(default=None, description="Of a ready one: of the whole archive, in hex.")
    link: str | None = Field(
        default=None, description="Of a ready one: where to get it, without a token, for some minutes."
    )
    link_expires_at: AwareDatetime | None = Field(default=None, description="Then ask again for another link.")


class Session(Message):
    """Tokens of a player. `access_token` goes into Authorization; `refresh_token` gets the next one."""

    player_id: PlayerId
    guest: bool
    access_token: str
    expires_in: int = Field(ge=1, description="Seconds.")
    refresh_token: str | None = Field(default=None, description="Absent when the one that was sent stays valid.")


class Erasure(Message):
    """The progress of a player's erasure. Its id is all that is needed to look: keep it."""

    erasure_id: str = Field(pattern=r"^e_[a-z2-7]{32}$")
    state: Literal["running", "done"]
    steps_done: int = Field(ge=0)
    steps: int = Field(ge=1)
    campaigns: int = Field(ge=0, description="Found so far.")
    campaigns_done: int = Field(ge=0)
    started_at: AwareDatetime
