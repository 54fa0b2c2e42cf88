"""Quests: what is offered, what the current stage wants, and what counts towards it.

What can be read from the state (a place reached, a thing held, a feature used, a secret learnt) is read from it when
the world answers. What only happens (an enemy beaten, a talk, a delivery) is counted in the quest's `progress` by
the outcome in which it happens, so it counts from the moment the stage began and never twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from contracts.canon import Goal, Npc, Quest, QuestStage
from contracts.effects import QuestProgressed
from contracts.state import ItemInstance, QuestState
from contracts.tools import Refusal
from services.tools.domain.holdings import Holdings
from services.tools.domain.ruling import Ruling, refuse
from services.tools.domain.surroundings import Surroundings

Happening = Literal["defeat", "talk", "deliver"]


def active(here: Surroundings) -> tuple[tuple[Quest, QuestState], ...]:
    """The quests under way that canon knows here."""
    under_way = (state for state in here.state.quests if state.status == "active")
    return tuple((quest, state) for state in under_way if (quest := here.quest(state.id)))


def list_offered(here: Surroundings, npc: Npc) -> tuple[Quest, ...]:
    """The quests that this character would entrust to the cat now."""
    taken = {quest.id for quest in here.state.quests}
    done = {quest.id for quest in here.state.quests if quest.status == "completed"}
    return tuple(
        quest
        for quest in here.canon.quests
        if quest.giver == npc.id
        and quest.id not in taken
        and done.issuperset(quest.requires)
        and here.disposition(npc) >= quest.disposition
    )


def stage_of(quest: Quest, stage_id: str) -> QuestStage | None:
    """The stage of this id."""
    return next((stage for stage in quest.stages if stage.id == stage_id), None)


def next_stage(quest: Quest, stage: QuestStage) -> QuestStage | None:
    """The stage after this one; None when it is the last."""
    position = quest.stages.index(stage) + 1
    return quest.stages[position] if position < len(quest.stages) else None


def find_wanting(
    happening: Happening, target: str, here: Surroundings, to: str | None = None
) -> tuple[tuple[QuestState, QuestStage], ...]:
    """The current stages that wait for this to happen."""
    stages = ((state, stage_of(quest, state.stage)) for quest, state in active(here))
    return tuple(
        (state, stage)
        for state, stage in stages
        if stage
        and (stage.goal.kind, stage.goal.target) == (happening, target)
        and to in (None, stage.goal.to)
        and state.progress < count_needed(stage.goal)
    )


def count_event(
    happening: Happening, target: str, here: Surroundings, ruling: Ruling, times: int = 1, to: str | None = None
) -> None:
    """Propose that this counts, in every quest whose current stage waits for it."""
    for state, stage in find_wanting(happening, target, here, to):
        progress = min(count_needed(stage.goal), state.progress + times)
        ruling.does(QuestProgressed(quest=state.id, stage=stage.id, text=stage.text, progress=progress))
        ruling.names(state)


def is_promised(thing: ItemInstance, here: Surroundings) -> bool:
    """Whether a quest under way will want this thing."""
    goals = (stage.goal for quest, _ in active(here) for stage in quest.stages)
    return any(goal.kind in ("hold", "deliver") and goal.target == thing.item for goal in goals)


def refuse_promised(thing: ItemInstance, legal: Iterable[str]) -> Refusal:
    """The refusal to part with a thing that a quest wants."""
    message = f"You are going to need {thing.name}."
    return refuse("promised", "What a quest under way wants is kept.", message, legal)


def count_needed(goal: Goal) -> int:
    """The number of times it must happen, or of things that must be held."""
    return goal.count if goal.kind in ("defeat", "hold") else 1


def is_met(goal: Goal, progress: int, here: Surroundings, holdings: Holdings) -> bool:
    """Whether the goal stands fulfilled, in this scene and with what the pass has paid so far."""
    match goal.kind:
        case "reach":
            return here.state.place.id == goal.target
        case "hold":
            return holdings.items[goal.target] >= goal.count
        case "use":
            return goal.target in here.state.used
        case "learn":
            return goal.target in holdings.revealed
        case _:
            return progress >= count_needed(goal)
