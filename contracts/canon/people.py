"""Characters that can be talked to."""

from operator import not_

from pydantic import Field

from contracts.canon.figures import Aliases, Difficulty, Modifier, Name, NpcVoice
from contracts.envelope import Slug, Text, Value


class Topic(Value):
    """A subject that a character can tell about. Guarded topics need a good disposition or a successful check."""

    id: Slug
    name: Name
    text: Text
    disposition: int = Field(default=-3, ge=-3, le=3, description="The least disposition that opens it.")
    reveals: tuple[Slug, ...] = Field(default=(), max_length=4)
    aliases: Aliases = ()


class Npc(Value):
    """Somebody to talk to."""

    id: Slug
    name: Name
    role: Name
    description: Text
    faction: Slug | None = None
    disposition: int = Field(default=0, ge=-3, le=3, description="-3 hostile … 3 devoted, at the first meeting.")
    resolve: Difficulty = 12
    approaches: dict[Slug, Modifier] = Field(
        default_factory=dict, description="flatter, threaten, reason, …: how it lands."
    )
    topics: tuple[Topic, ...] = Field(default=(), max_length=6)
    aliases: Aliases = ()
    voice: NpcVoice | None = Field(default=None, exclude_if=not_)
