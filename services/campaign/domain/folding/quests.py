"""Quests. A stage or a quest that is done is refused the second time, so that its reward is paid once."""

from __future__ import annotations

from contracts.effects import CampaignEnded, QuestCompleted, QuestProgressed, QuestStarted
from contracts.state import QuestState, Scene
from services.campaign.domain.bounds import QUESTS
from services.campaign.domain.folding.working import Folded, No, with_state


def quest_started(effect: QuestStarted, scene: Scene) -> Folded:
    quests = scene.state.quests
    if any(quest.id == effect.quest for quest in quests):
        return No("quest-known", f"{effect.name} was taken on before.")
    if len(quests) >= QUESTS:
        return No("no-room", "Nobody remembers that many quests.")
    new = QuestState(
        id=effect.quest, name=effect.name, arc=effect.arc, status="active", stage=effect.stage, text=effect.text
    )
    return with_state(scene, quests=(*quests, new))


def quest_progressed(effect: QuestProgressed, scene: Scene) -> Folded:
    """Within a stage progress only rises; a new stage starts with the progress given."""
    quest = _active(scene, effect.quest)
    if isinstance(quest, No):
        return quest
    if effect.stage == quest.stage and effect.progress <= quest.progress:
        return No("no-progress", f"{quest.name} has come this far already.")
    return _with(scene, quest, stage=effect.stage, text=effect.text, progress=effect.progress)


def quest_completed(effect: QuestCompleted, scene: Scene) -> Folded:
    quest = _active(scene, effect.quest)
    return quest if isinstance(quest, No) else _with(scene, quest, status="completed")


def campaign_ended(effect: CampaignEnded, scene: Scene) -> Folded:
    """The story ends this way, and any fight with it."""
    if scene.state.status == "ended":
        return No("campaign-over", "The story has ended.")
    return with_state(scene, status="ended", ending=effect.ending, encounter=None)


def _active(scene: Scene, quest: str) -> QuestState | No:
    found = next((one for one in scene.state.quests if one.id == quest), None)
    if found is None:
        return No("no-such-quest", f"{quest} was never taken on.")
    return found if found.status == "active" else No("quest-over", f"{found.name} is {found.status}.")


def _with(scene: Scene, quest: QuestState, **changes: object) -> Scene:
    changed = quest.model_copy(update=changes)
    return with_state(scene, quests=tuple(changed if one is quest else one for one in scene.state.quests))
