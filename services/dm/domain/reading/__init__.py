"""Reading what a player typed: by what can be done and asked in the scene. `read` is the only way in."""

from services.dm.domain.reading.meaning import Answer, Ask, Deed, Foreign, Impossible, Meaning, Roleplay, Step
from services.dm.domain.reading.reader import read

Refusal = Impossible
"""What stands in the place of a deed: the name by which the parts of the story call it."""

__all__ = ["Answer", "Ask", "Deed", "Foreign", "Impossible", "Meaning", "Refusal", "Roleplay", "Step", "read"]
