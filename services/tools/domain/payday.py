"""Paying a quest: the stage that is done, the next one or the end, and what was promised."""

from __future__ import annotations

from contracts.canon import Quest, QuestStage
from contracts.effects import CampaignEnded, QuestCompleted, QuestProgressed
from contracts.tools import Refusal
from services.tools.domain.holdings import Holdings
from services.tools.domain.quests import next_stage
from services.tools.domain.rewards import pay, payable
from services.tools.domain.ruling import Ruling
from services.tools.domain.surroundings import Surroundings


def settle(quest: Quest, stage: QuestStage, here: Surroundings, holdings: Holdings) -> Ruling | Refusal:
    """Close a stage whose goal is met. Refused, so that it waits, while its reward cannot be carried."""
    following = next_stage(quest, stage)
    promised = stage.reward.items if following else (*stage.reward.items, *quest.reward.items)
    if refusal := payable(promised, here, holdings):
        return refusal
    ruling = Ruling()
    if following:
        ruling.does(QuestProgressed(quest=quest.id, stage=following.id, text=following.text))
        ruling.tells(f"{quest.name} goes on: {following.text}", quest)
    else:
        ruling.does(QuestCompleted(quest=quest.id))
        ruling.tells(f"{quest.name} is completed.", quest)
    pay(stage.reward, quest, here, holdings, ruling)
    if not following:
        pay(quest.reward, quest, here, holdings, ruling)
        _end(quest, here, ruling)
    return ruling


def _end(quest: Quest, here: Surroundings, ruling: Ruling) -> None:
    if not quest.ending:
        return
    ruling.does(CampaignEnded(ending=quest.ending))
    ending = next((ending for ending in here.canon.endings if ending.id == quest.ending), None)
    ruling.tells(f"{ending.name}: {ending.text}" if ending else "This is how the story ends.", ending)
