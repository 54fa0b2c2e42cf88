"""dm: the game master. Proposes intents and tells the story; what it says is checked before anything happens."""

from typing import TYPE_CHECKING

from contracts.parts import names_of

if TYPE_CHECKING:
    from contracts.dm.asking import *
    from contracts.dm.events import *
    from contracts.dm.forgetting import *
    from contracts.dm.narration import *
    from contracts.dm.reports import *

__all__, __getattr__ = names_of(__name__)
