"""A campaign of hundreds of turns in the shipped world: the real rules, fold, lore and chronicle, in one process."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any

from contracts.campaign import TurnResolvedData, TurnTotals
from contracts.canon import EntityRef
from contracts.chronicle import ChronicleRecalled, RecallChronicle
from contracts.dm import InvokeDungeonMaster, PlayedRound, Remembered
from contracts.envelope import Envelope
from contracts.lore import LoreRetrieved, RetrieveLore
from contracts.state import Scene
from ninelives.analytics.cost.inserts import parse_insert
from services.campaign.domain.derive import open_scene
from services.campaign.domain.facts import facts_of
from services.chronicle.adapters.chronicle_table import ChronicleTable
from services.chronicle.application.recall import recall
from services.chronicle.domain.entry import entries_of, names_in
from services.dm.domain.understudy.narrator.narrate import tell
from services.lore.domain.retrieval import retrieve
from services.lore.domain.slice import cut
from services.lore.wiring import world
from services.tools.domain.surroundings import Surroundings
from tests.rules.random_player import wander
from tests.rules.small_campaign import CAMPAIGN, Game, new_campaign

LUCKY = 7
"""A seed with which the cat outlives its walk."""
HISTORY = 4
ACTION = "I look around and think about the market and what happened here"
NOTHING = TurnTotals(
    tool_calls=0, refusals=0, rolls=0, model_calls=0, input_tokens=0, output_tokens=0, cached_tokens=0,
    micro_dollars=0, repairs=0,
)  # fmt: skip


@dataclass
class Shelf:
    """The chronicle's table as a dictionary that counts what is asked of it."""

    items: dict[str, dict[str, Any]] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    asked: Counter[str] = field(default_factory=Counter)

    def batch_execute_statement(self, *, Statements: Any) -> Any:
        for _, item in map(parse_insert, Statements):
            self.items.setdefault(item["pk"]["S"], {}).setdefault(item["sk"]["S"], item)
        return {"Responses": [{} for _ in Statements]}

    def update_item(self, *, ExpressionAttributeValues: Any, **_: Any) -> None:
        self.words |= set(ExpressionAttributeValues[":names"]["SS"])

    def get_item(self, **_: Any) -> Any:
        self.asked["reads"] += 1
        return {"Item": {"words": {"SS": sorted(self.words)}}} if self.words else {}

    def query(self, *, ExpressionAttributeValues: Any, ScanIndexForward: bool, Limit: int, **_: Any) -> Any:
        filed = self.items.get(ExpressionAttributeValues[":pk"]["S"], {})
        before = ExpressionAttributeValues[":before"]["S"]
        places = sorted((place for place in filed if place < before), reverse=not ScanIndexForward)[:Limit]
        self.asked["reads"] += 1
        self.asked["items"] += len(places)
        return {"Items": [filed[place] for place in places]}


class LongCampaign:
    """One cat that wanders on and on, and is remembered."""

    def __init__(self) -> None:
        pack = world()
        start = pack.place[pack.manifest.start]
        cat = pack.classes[LUCKY % len(pack.classes)]
        first = new_campaign(cat, pack.manifest, start, pack.haven, pack.items)
        self._random = Random(LUCKY)
        self._game = Game(state=first, seed=f"{LUCKY:064x}", lore=lambda state: cut(pack, state))
        self._book = ChronicleTable(Shelf(), "chronicle")  # type: ignore[arg-type]
        self.shelf: Shelf = self._book._dynamodb  # type: ignore[assignment]
        self.history: list[Remembered] = []
        self.facts: dict[int, tuple[str, ...]] = {}

    def play_until(self, turn: int) -> None:
        """Play until this turn is the next one."""
        while self._game.state.turn + 1 < turn:
            assert self._game.state.status == "active", "the walk ended: choose another seed"
            self._turn()

    def recall(self, action: str = ACTION, *present: EntityRef) -> ChronicleRecalled:
        """The chronicle's reply in the turn that comes next; `present` are those who are here unless others are
        named."""
        scene, lore = self._look(action)
        here = (*lore.briefing.npcs, lore.briefing.place, *lore.briefing.features, *lore.briefing.enemies)
        self.shelf.asked.clear()
        return recall(
            RecallChronicle(
                envelope=self._envelope(),
                action=action,
                present=present or tuple(EntityRef(id=thing.id, name=thing.name) for thing in here),
                before_turn=scene.state.turn + 1 - len(self.history[-HISTORY:]),
            ),
            self._book,
        )

    def request(self, action: str = ACTION) -> InvokeDungeonMaster:
        """The request to the game master in the turn that comes next."""
        scene, lore = self._look(action)
        return InvokeDungeonMaster(
            envelope=self._envelope(),
            provider="model",
            action=action,
            number=scene.state.turn + 1,
            scene=scene,
            briefing=lore.briefing,
            passages=lore.passages,
            common=lore.common,
            history=tuple(self.history[-HISTORY:]),
            memories=self.recall(action).memories,
        )

    def _turn(self) -> None:
        scene = open_scene(self._game.state)
        deed = wander(Surroundings(scene, cut(world(), scene.state)), self._random)
        first = len(self._game.settled)
        after = self._game.turn([deed])
        settled = self._game.settled[first:]
        told = self._tell(after, tuple(one.outcome for one in settled))
        number = self._game.state.turn
        self.history.append(Remembered(number=number, action=f"I {deed[0]}", narrative=told))
        resolved = TurnResolvedData(
            number=number, version=number + 1, owner="owner", told_by="understudy", totals=NOTHING,
            facts=facts_of(settled), place=after.state.place, level=1, lives=9, status="active", state_hash="0",
        )  # fmt: skip
        self.facts[number] = tuple(fact.text for fact in resolved.facts)
        self._book.write(CAMPAIGN, entries_of(resolved), names_in(resolved), fresh=True)

    def _tell(self, scene: Scene, outcomes: Any) -> str:
        lore = retrieve(world(), RetrieveLore(envelope=self._envelope(), action="", scene=scene))
        asked = InvokeDungeonMaster(
            envelope=self._envelope(), provider="understudy", action="", number=scene.state.turn + 1, scene=scene,
            briefing=lore.briefing, common=lore.common, rounds=(PlayedRound(outcomes=outcomes),),
        )  # fmt: skip
        return tell(asked, ())

    def _look(self, action: str) -> tuple[Scene, LoreRetrieved]:
        scene = open_scene(self._game.state)
        return scene, retrieve(world(), RetrieveLore(envelope=self._envelope(), action=action, scene=scene))

    def _envelope(self) -> Envelope:
        turn = "t_" + "b" * 26
        return Envelope(idempotency_key=f"{turn}/x", correlation_id=turn, campaign_id=CAMPAIGN, turn_id=turn)
