"""Reading what a player typed: by what can be done and asked in the scene. `read` is the only way in."""

from services.dm.domain.reading.meaning import Answer, Ask, Deed, Foreign, Meaning, Refusal, Roleplay, Step
from services.dm.domain.reading.reader import read

__all__ = ["Answer", "Ask", "Deed", "Foreign", "Meaning", "Refusal", "Roleplay", "Step", "read"]
