"""Every service is deployed alone, one after the other, while players play: with a newer minor of all that it says."""

from __future__ import annotations

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from infra.assets.contents import services
from infra.local.assembly import Stack, read
from infra.local.aws import Aws
from infra.local.deploy import StackDeployer
from infra.local.settings import DungeonMaster
from infra.local.synth import context, origins
from ninelives.game.local import local_player
from ninelives.load.playing import play_at_once
from ninelives.load.recording import Recording
from stagekit.packing import unpack
from tests.drills.tree import Tree
from tests.support.cloud import Cloud
from tests.support.size import SOAKING
from tests.support.waiting import until

pytestmark = [
    pytest.mark.cloud,
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(not SOAKING, reason="in full size only: it packages and synthesises every service once more"),
]

PLAYERS = 3
AT_LEAST = 4
"""Turns that are resolved between two deployments."""
MESSAGE = "class Message(Value):"
SAYS_MORE = """
    said_by_newer: str = "yes"
"""
SYNTHESISE = """
import json, sys
from infra.app import app
app(json.loads(sys.argv[1]), sys.argv[2]).synth()
"""


def test_each_service_is_deployed_alone_while_turns_flow_and_no_turn_fails(cloud: Cloud, tmp_path: Path) -> None:
    newer = newer_stacks(cloud, tmp_path)
    recordings = [Recording(httpx.HTTPTransport()) for _ in range(PLAYERS)]
    players = [(local_player(f"redeploy-{n}", recording), recording) for n, recording in enumerate(recordings)]
    over = threading.Event()
    deployer, replaced = StackDeployer(Aws(cloud.home)), dict[str, str]()

    def count_resolved() -> int:
        return sum(each.body.get("status") == "resolved" for recording in recordings for each in recording.answers)

    def some_more_turns() -> None:
        before = count_resolved()
        until(lambda: count_resolved() >= before + AT_LEAST, within=120, why=f"{AT_LEAST} more turns")

    with ThreadPoolExecutor(1) as load:
        playing = load.submit(play_at_once, players, 1e9, lambda: 2e9 if over.is_set() else time.monotonic())
        try:
            for service in services():
                some_more_turns()
                deployer.deploy([newer[service]], lambda name, result, _: replaced.update({name: result}))
            some_more_turns()
        finally:
            over.set()
        done = playing.result(timeout=180)

    assert done.failed + done.wrong == [], why_turns_failed(cloud)
    assert replaced == dict.fromkeys((newer[service].name for service in services()), "updated")
    assert {service for service in ("campaign", "gateway") if says_more(cloud, service)} == {"campaign", "gateway"}


def newer_stacks(cloud: Cloud, place: Path) -> dict[str, Stack]:
    """The stack of each service as it is with an optional field more in every message of every contract."""
    tree = Tree(place / "tree")
    text = (tree.root / "contracts" / "envelope.py").read_text(encoding="utf-8")
    documented = text.index('"""\n', text.index('"""', text.index(MESSAGE)) + 3) + 4
    (tree.root / "contracts" / "envelope.py").write_text(text[:documented] + SAYS_MORE + text[documented:])
    given: dict[str, Any] = {"web_origins": origins(cloud.home), **context(DungeonMaster())}
    tree.python(SYNTHESISE, json.dumps(given), str(place / "newer"))
    stacks = {stack.name.rpartition("-")[2]: stack for stack in read(place / "newer")}
    return {service: Stack(**{**vars(stacks[service]), "after": frozenset()}) for service in services()}


def says_more(cloud: Cloud, service: str) -> bool:
    """Whether a fact that this service stored has the field more."""
    return any("said_by_newer" in event["detail"] for event in facts(cloud, service))


def why_turns_failed(cloud: Cloud) -> list[str]:
    """The stage and the error of each turn that failed."""
    told = [event["detail"]["data"] for event in facts(cloud, "gateway") if event["detail_type"] == "TurnFailed.v1"]
    return [f"{data['stage']}: {data['error']}" for data in told]


def facts(cloud: Cloud, service: str) -> list[dict[str, Any]]:
    """The facts that a service has stored to be published."""
    stored = (item for item in cloud.items(f"{service}/{service}") if item.get("entity") == {"S": "event"})
    return [json.loads(unpack(item["event"]["S"])) for item in stored]
