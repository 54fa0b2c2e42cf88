"""accept_quest: take on a quest."""

from __future__ import annotations

from pydantic import Field

from contracts.canon import Npc, Quest
from contracts.effects import QuestStarted
from contracts.tools import Refusal
from services.tools.domain.dice import Roller
from services.tools.domain.holdings import Holdings
from services.tools.domain.intent import Intent, Word
from services.tools.domain.quests import list_offered
from services.tools.domain.rewards import meet
from services.tools.domain.ruling import Ruling, refuse, refuse_unknown
from services.tools.domain.surroundings import Surroundings, first, ids, pick


class AcceptQuest(Intent):
    """Take on a quest that somebody here offers."""

    quest: Word = Field(description="Quest id.", json_schema_extra={"refers_to": "quest"})


def accept_quest(intent: AcceptQuest, here: Surroundings, dice: Roller) -> Ruling | Refusal:
    open_quests = ids(quest for npc in here.npcs for quest in list_offered(here, npc))
    quest = pick(intent.quest, here.canon.quests)
    giver = first(here.npcs, quest.giver) if quest else None
    if quest is None or giver is None:
        return refuse_unknown("quest", open_quests)
    if quest.id not in open_quests:
        return _not_now(quest, giver, here, open_quests)
    first_stage = quest.stages[0]
    ruling = Ruling()
    meet(giver, Holdings(here), ruling)
    ruling.does(
        QuestStarted(quest=quest.id, name=quest.name, arc=quest.arc, stage=first_stage.id, text=first_stage.text)
    )
    ruling.tells(f"You take on {quest.name} for {giver.name}: {first_stage.text}", quest, giver)
    return ruling


def _not_now(quest: Quest, giver: Npc, here: Surroundings, open_quests: tuple[str, ...]) -> Refusal:
    if any(state.id == quest.id for state in here.state.quests):
        return refuse("quest-known", "A quest is taken on once.", f"{quest.name} is yours already.", open_quests)
    if here.disposition(giver) < quest.disposition:
        message = f"{giver.name} does not trust you with {quest.name} yet."
        return refuse("not-trusted", "Quests go to those one trusts.", message, ["persuade", *open_quests])
    return refuse(
        "too-early", "Some quests follow others.", f"{quest.name} comes later.", [*quest.requires, *open_quests]
    )
