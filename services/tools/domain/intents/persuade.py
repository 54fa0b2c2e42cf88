"""persuade: purr against resolve."""

from __future__ import annotations

from pydantic import Field

from contracts.effects import DispositionChanged
from contracts.tools import Refusal, RollModifier
from services.tools.domain.checks import check
from services.tools.domain.dice import Roller
from services.tools.domain.holdings import Holdings
from services.tools.domain.intent import Intent, Word
from services.tools.domain.rewards import meet
from services.tools.domain.ruling import Ruling, refuse, refuse_unknown
from services.tools.domain.surroundings import Surroundings, ids, pick

DEVOTED = 3
CHANGES = {"critical": 2, "success": 1, "failure": 0, "fumble": -1}
"""Changes of a character's disposition, by the outcome of a check."""


class Persuade(Intent):
    """Try to win somebody over."""

    npc: Word = Field(description="Character id.", json_schema_extra={"refers_to": "character"})
    approach: Word = Field(
        description="One word: flatter, reason, threaten, joke …", json_schema_extra={"refers_to": "words"}
    )


def persuade(intent: Persuade, here: Surroundings, dice: Roller) -> Ruling | Refusal:
    npc = pick(intent.npc, here.npcs)
    if npc is None:
        return refuse_unknown("npc", ids(here.npcs))
    if here.disposition(npc) >= DEVOTED:
        return refuse("devoted", "Nobody likes you more than that.", f"{npc.name} is yours already.", ["talk"])
    ruling = Ruling()
    meet(npc, Holdings(here), ruling)
    lands = npc.approaches.get(intent.approach.casefold().replace(" ", "-"), 0)
    modifiers = (RollModifier(name="approach", amount=lands),)
    roll = check(dice, here.derived, "purr", npc.resolve, "persuasion", modifiers=modifiers)
    ruling.tells(f"You try to win {npc.name} over: {roll.total} against {roll.target}.", npc)
    change = CHANGES[roll.outcome or "failure"]
    if change:
        ruling.does(DispositionChanged(npc=npc.id, amount=change))
    ruling.tells(f"{npc.name} {_reaction(change)}.", npc)
    return ruling


def _reaction(change: int) -> str:
    if not change:
        return "is not impressed"
    return "likes you better" if change > 0 else "likes you less"
