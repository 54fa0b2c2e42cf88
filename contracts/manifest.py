"""Manifest of told turns: who told each sentence, and what it rests on. It is signed as a whole, for readers outside.

A text is read with each run of blanks as one space, as a browser shows it, so that the same story in a file, on a page
and in an answer has one digest.
"""

from typing import Literal

from pydantic import AwareDatetime, Field

from contracts.envelope import CampaignId, TurnId, Value

__all__: list[str] = []

DIGEST = r"^[0-9a-f]{64}$"
Words = Literal["model", "understudy", "mixed"]


class SentenceManifest(Value):
    """One sentence of a story. Sentences follow one another with one space between them and are the whole story."""

    size: int = Field(ge=1, description="Bytes in UTF-8.")
    sha256: str = Field(pattern=DIGEST, description="Of those bytes, in hex.")
    words: Words = Field(
        description="A model's; the understudy's, written lines of the game's own; `mixed`: a model's story into which "
        "such lines may have been put, and it was not kept which."
    )
    facts: tuple[str, ...] = Field(
        default=(), max_length=16, description="What it rests on, as the turn's report says."
    )


class TurnManifest(Value):
    """Claims about the story of one turn."""

    turn_id: TurnId
    number: int = Field(ge=1)
    resolved_at: AwareDatetime
    told_by: Literal["model", "understudy"]
    model: str | None = Field(default=None, description="Its id, where one had a part in the story.")
    prompt: str | None = Field(default=None, description="Fingerprint of the fixed texts that it was asked with.")
    digital_source_type: str = Field(description="Of IPTC's vocabulary.")
    sha256: str = Field(pattern=DIGEST, description="Of the whole story.")
    sentences: tuple[SentenceManifest, ...]


class StoryManifest(Value):
    """The payload of a signature: turns of one campaign."""

    version: str = Field(default="1.0", pattern=r"^1\.\d+$")
    campaign_id: CampaignId
    turns: tuple[TurnManifest, ...]
