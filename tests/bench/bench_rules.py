"""The parts that compute: rules, fold, recall, understudy. Rates of this machine, and ratios that hold on any."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import Any

from contracts.dm import InvokeDungeonMaster
from contracts.gateway import PlayTurn
from contracts.lore import RetrieveLore
from contracts.tools import ToolCall
from infra.workflows.interpreter import run
from ninelives.evaluation.local_turn import STAGES, LocalStages, play_turn
from ninelives.evaluation.situations import situation
from services.campaign.domain.derive import open_scene
from services.campaign.domain.fold import fold_all
from services.campaign.domain.turn import play_out
from services.dm.domain.understudy.master import reply
from services.lore.domain.documents import library
from services.lore.domain.recall import recall
from services.lore.domain.retrieval import retrieve
from services.lore.domain.slice import cut
from services.lore.domain.visibility import campaign_visibility
from services.lore.tests.builders import ENVELOPE
from services.lore.wiring import world
from services.tools.domain.execute import execute
from services.tools.domain.world import play
from tests.bench.conftest import Report
from tests.bench.long_campaign import Walk
from tests.bench.rate import per_second
from tests.rules.small_campaign import SHED, Game

SEED = "5eed" * 16
ACTION = "I ask the ferryman about the lantern, then sniff at the rusty door and wonder who took the breakfast"


def bench_rules(report: Report) -> None:
    game = Game()
    calm = open_scene(game.state)
    calm_lore = game.lore(calm.state)
    exit_ = next(way for way in calm_lore.place.exits if way.to == SHED.id)
    strike = ToolCall(call_id="c", name="attack", arguments={"target": "pier-gulls"})
    move = ToolCall(call_id="c", name="move_to", arguments={"place": exit_.to})
    struck = execute("t/0/0", strike, calm, calm_lore, SEED)
    _, fight = fold_all(calm, [struck])
    assert execute("t/0/1", move, calm, calm_lore, SEED).verdict == struck.verdict == "done"
    outcomes = (struck, *play("t/world/0", fight, calm_lore, SEED))

    report.table(
        "rules",
        "Rules engine (small pack)",
        [
            _rate("attack", per_second(lambda n: execute(f"t{n}/0/0", strike, calm, calm_lore, SEED))),
            _rate("move", per_second(lambda n: execute(f"t{n}/0/0", move, calm, calm_lore, SEED))),
            _rate("world answers in a fight", per_second(lambda n: play(f"t{n}/world/0", fight, calm_lore, SEED))),
            _rate("fold, per outcome", per_second(lambda n: fold_all(calm, outcomes)) * len(outcomes)),
            _rate("whole turn folded from the state", per_second(lambda n: play_out(game.state, outcomes))),
        ],
    )


def bench_workflow(report: Report) -> None:
    """A turn on the workflow's interpreter beside what its stages alone take. The ratio is the interpreter's share:
    how much is added to a second of the stages' own work."""
    start, action, asked = situation("shelf").start, "I search the place", []

    class Recording(LocalStages):
        def __call__(self, stage: str, payload: Any) -> Any:
            request_type, answer = STAGES[stage]
            asked.append((answer, request_type.model_validate(payload)))
            return super().__call__(stage, payload)

    stages = Recording(start, reply)
    run(stages, PlayTurn(envelope=start.envelope, owner="bench", action=action).model_dump_json())
    turn = per_second(lambda n: play_turn(start, action, reply))
    alone = per_second(lambda n: [answer(stages, request) for answer, request in asked])

    report.table(
        "workflow",
        f"A turn in this process ({len(asked)} tasks)",
        [
            _rate("on the workflow's interpreter", turn) | {"ratio": f"{alone / turn - 1:.2f}"},
            _rate("its stages alone", alone),
        ],
    )


def bench_lore(report: Report) -> None:
    pack = world()
    scene = open_scene(Walk(pack).state)
    visible, shelves = campaign_visibility(pack, scene.state), library(pack)
    four = replace(shelves, documents=tuple(chain.from_iterable([shelves.documents] * 4)))
    request = RetrieveLore(envelope=ENVELOPE, action=ACTION, scene=scene)
    once = per_second(lambda n: recall(shelves, visible, ACTION))
    fourfold = per_second(lambda n: recall(four, visible, ACTION))

    report.table(
        "lore",
        f"Lore ({len(shelves.documents)} documents)",
        [
            _rate("recall", once),
            _rate("recall, pack × 4", fourfold) | {"ratio": f"{fourfold / once:.2f}"},
            _rate("canon cut for the rules", per_second(lambda n: cut(pack, scene.state))),
            _rate("whole retrieval", per_second(lambda n: retrieve(pack, request))),
        ],
    )


def bench_understudy(report: Report) -> None:
    rows = []
    for turns in (0, 100, 1000):
        pack, walk = world(), Walk(world())
        walk.on(turns)
        scene = open_scene(walk.state)
        lore = retrieve(pack, RetrieveLore(envelope=ENVELOPE, action=ACTION, scene=scene))
        asked = InvokeDungeonMaster(
            envelope=ENVELOPE,
            provider="understudy",
            action="I search the place and listen",
            number=scene.state.turn + 1,
            scene=scene,
            briefing=lore.briefing,
            passages=lore.passages,
            common=lore.common,
        )
        rows.append(_rate(f"intents at turn {turns + 1:,}", per_second(lambda n, asked=asked: reply(asked))))
        told = asked.model_copy(update={"tools_allowed": False})
        rows.append(_rate(f"story at turn {turns + 1:,}", per_second(lambda n, told=told: reply(told))))
    for row in rows:
        row["ratio"] = f"{row['per second'] / rows[row['what'].startswith('story')]['per second']:.2f}"
    report.table("understudy", "Understudy", rows)


def _rate(what: str, rate: float) -> dict[str, object]:
    return {"what": what, "per second": round(rate), "ratio": ""}
