"""A campaign in the small pack, played by the rules of tools and the fold of campaign, without anything between."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from contracts.campaign import CreateCampaign, Settled
from contracts.canon import CatClass, EntityRef, Item, Manifest, Place
from contracts.envelope import Envelope
from contracts.lore import CanonSlice
from contracts.state import CampaignState, Scene
from contracts.tools import Outcome, ToolCall
from services.campaign.domain.derive import open_scene
from services.campaign.domain.fold import fold_all
from services.campaign.domain.start import start
from services.campaign.domain.turn import play_out
from services.tools.domain.execute import execute
from services.tools.domain.world import play
from services.tools.tests.pack import CLASSES, ITEMS, PLACES, canon_at

CAMPAIGN = "c_" + "a" * 26
Intents = list[tuple[str, dict[str, Any]]]
Lore = Callable[[CampaignState], CanonSlice]


def small_pack(state: CampaignState) -> CanonSlice:
    """The small pack, as seen from where the cat stands."""
    return canon_at(state.place.id)


SHED = canon_at("pier").haven
SMALL = Manifest(id="tiny", name="Tiny", version="1.0.0", tone="dry", premise="A pier.", start="pier", haven="shed")


def new_campaign(
    cat: CatClass = CLASSES[0],
    manifest: Manifest = SMALL,
    first_place: Place = PLACES[0],
    haven: EntityRef = SHED,
    items: Iterable[Item] = ITEMS,
) -> CampaignState:
    """The first state of a campaign; on the pier when nothing else is said."""
    request = CreateCampaign(
        envelope=Envelope(idempotency_key="k", correlation_id="k", campaign_id=CAMPAIGN),
        owner="owner",
        name="Tester",
        cat=cat,
        items=tuple(item for item in items if item.id in cat.items),
        world=manifest,
        start=first_place,
        haven=haven,
    )
    return start(request, "0" * 64)


@dataclass
class Game:
    """Turns one after the other, and a record of them."""

    state: CampaignState = field(default_factory=new_campaign)
    seed: str = "5eed" * 16
    lore: Lore = small_pack
    settled: list[Settled] = field(default_factory=list)
    turns: list[tuple[Outcome, ...]] = field(default_factory=list)
    first: CampaignState | None = None

    def __post_init__(self) -> None:
        self.first = self.state

    def turn(self, *rounds: Intents) -> Scene:
        """Play a turn: each round's intents on the same scene, then the world's answer to what was settled."""
        scene = open_scene(self.state)
        turn = f"t_{self.state.turn + 1}"
        outcomes: list[Outcome] = []
        for number, intents in enumerate(rounds or ([],)):
            calls = [ToolCall(call_id=f"c{i}", name=name, arguments=given) for i, (name, given) in enumerate(intents)]
            canon = self.lore(scene.state)
            told = [execute(f"{turn}/{number}/{i}", call, scene, canon, self.seed) for i, call in enumerate(calls)]
            scene = self._settle(scene, told, outcomes)
            answer = play(f"{turn}/world/{number}", scene, self.lore(scene.state), self.seed)
            scene = self._settle(scene, answer, outcomes)
        self.turns.append(tuple(outcomes))
        self.state = play_out(self.state, outcomes).state
        return scene

    def replay(self) -> CampaignState:
        """The state that folding all turns from the first one gives."""
        state = self.first
        assert state is not None
        for outcomes in self.turns:
            state = play_out(state, outcomes).state
        return state

    def list_refused(self) -> list[Settled]:
        """Outcomes that the rules proposed and the campaign would not take."""
        return [one for one in self.settled if not one.applied and one.outcome.verdict == "done"]

    def _settle(self, scene: Scene, told: Any, outcomes: list[Outcome]) -> Scene:
        settled, scene = fold_all(scene, told)
        self.settled += settled
        outcomes += told
        return scene
