"""Every class finishes the main story by legal play, to each of its endings, in an evening."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from contracts.campaign import CreateCampaign
from contracts.envelope import Envelope
from contracts.lore import DescribeWorld
from contracts.state import CampaignState, Scene
from contracts.tools import Outcome, ToolCall
from services.campaign.domain.derive import open_scene
from services.campaign.domain.fold import fold_all
from services.campaign.domain.start import start
from services.lore.adapters.pack_files import load_pack
from services.lore.domain.pack import Pack
from services.lore.domain.slice import cut
from services.lore.domain.world_summary import describe
from services.lore.wiring import WORLDS
from services.tools.domain.execute import execute
from services.tools.domain.world import play
from tests.world.quest_player import WAIT, Storyteller

TURNS = 120
ROUNDS = 4
PACK = load_pack(WORLDS / "nekopolis")


@dataclass
class Table:
    """A campaign played without services in between: the rules answer, the fold applies, the world answers."""

    pack: Pack
    state: CampaignState
    seed: str
    refused: list[str] = field(default_factory=list)

    def play(self, story: tuple[str, ...]) -> None:
        scene = open_scene(self.state)
        for number in range(ROUNDS):
            deed = Storyteller(self.pack, story, scene).next_deed()
            calls = [ToolCall(call_id="c", name=deed[0], arguments=deed[1])] if deed and deed != WAIT else []
            key = f"t/{self.state.turn}/{number}"
            canon = cut(self.pack, scene.state)
            scene = self._settle(scene, [execute(f"{key}/0", call, scene, canon, self.seed) for call in calls])
            scene = self._settle(scene, list(play(f"{key}/world", scene, cut(self.pack, scene.state), self.seed)))
            if not calls or scene.state.status == "ended":
                break
        state = scene.state
        self.state = state.model_copy(update={"turn": state.turn + 1, "version": state.version + 1})

    def _settle(self, scene: Scene, outcomes: list[Outcome]) -> Scene:
        settled, scene = fold_all(scene, outcomes)
        self.refused += [s.outcome.call.name for s in settled if not s.applied and s.outcome.verdict == "done"]
        self.refused += [s.outcome.refusal.code for s in settled if s.outcome.refusal]
        return scene


def story_to(ending: str) -> tuple[str, ...]:
    """The quests that lead there, each after those it requires."""
    last = next(q for q in PACK.quests if q.ending == ending)
    order = [last.id]
    for id in order:
        order += [r for r in PACK.quest[id].requires if r not in order]
    return tuple(reversed(order))


def begin(class_id: str) -> CampaignState:
    world = describe(PACK, DescribeWorld())
    cat = next(c for c in world.classes if c.id == class_id)
    request = CreateCampaign(
        envelope=Envelope(idempotency_key="k", correlation_id="k", campaign_id="c_" + "a" * 26),
        owner="owner",
        name="Tester",
        cat=cat,
        items=tuple(i for i in world.items if i.id in cat.items),
        world=world.manifest,
        start=world.start,
        haven=world.haven,
    )
    return start(request, "0" * 64)


@pytest.mark.parametrize("ending", [e.id for e in PACK.endings])
@pytest.mark.parametrize("class_id", [c.id for c in PACK.classes])
def test_a_cat_that_follows_the_story_sees_its_end(class_id: str, ending: str) -> None:
    table = Table(PACK, begin(class_id), seed="c0ffee" * 10 + "cafe")
    while table.state.status == "active" and table.state.turn < TURNS:
        table.play(story_to(ending))

    assert table.state.ending == ending, (table.state.turn, table.state.place.id, table.state.quests, table.refused)
    assert table.refused == []
    assert table.state.character.lives >= 5
