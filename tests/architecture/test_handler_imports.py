"""A handler loads no more than it uses: what it must not load, and how much it may. `pytest -s` prints all closures."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable

import pytest

from tests.architecture.import_closure import REPOSITORY, closure, exists, lines

HANDLERS = tuple(
    f"{path.parents[1].name}/{path.stem}"
    for path in sorted((REPOSITORY / "services").glob("*/handlers/*.py"))
    if path.stem != "__init__"
)

CAMPAIGN = "services.campaign"
FOLDING = (f"{CAMPAIGN}.domain.fold", f"{CAMPAIGN}.domain.folding")
WRITING = (
    f"{CAMPAIGN}.adapters.campaign_store",
    f"{CAMPAIGN}.application.create",
    f"{CAMPAIGN}.application.persist_turn",
    f"{CAMPAIGN}.application.void_turn",
    f"{CAMPAIGN}.domain.record",
)
PROJECTION = (f"{CAMPAIGN}.adapters.projection_table", f"{CAMPAIGN}.domain.projection")
GATEWAY = "services.gateway"
ACCOUNTS = (f"{GATEWAY}.application.accounts", f"{GATEWAY}.adapters.cognito", f"{GATEWAY}.http.endpoints.accounts")
CALLING = (f"{GATEWAY}.adapters.service_functions", f"{GATEWAY}.adapters.workflow")
LIVE = tuple(f"{GATEWAY}.application.{part}" for part in ("live.connections", "live.feed", "live.narration", "tickets"))
PLAYING = (f"{GATEWAY}.application.campaigns", f"{GATEWAY}.application.turns")
FORBIDDEN: dict[str, tuple[str, ...]] = {
    "campaign/create": (f"{CAMPAIGN}.application.persist_turn", f"{CAMPAIGN}.domain.fold", *PROJECTION),
    "campaign/dice": (*WRITING, *FOLDING, *PROJECTION),
    "campaign/list_campaigns": (*WRITING, *FOLDING, f"{CAMPAIGN}.adapters.campaign_table"),
    "campaign/list_standings": (*WRITING, *FOLDING, f"{CAMPAIGN}.adapters.campaign_table"),
    "campaign/open_turn": (*WRITING, f"{CAMPAIGN}.domain.fold", *PROJECTION),
    "campaign/project": (*WRITING, *FOLDING),
    "campaign/rebuild": (*WRITING, *FOLDING),
    "campaign/relay": (CAMPAIGN,),
    "campaign/settle_effects": (*WRITING, *PROJECTION, f"{CAMPAIGN}.adapters"),
    "campaign/view": (*WRITING, *FOLDING, *PROJECTION),
    "campaign/void_turn": (
        f"{CAMPAIGN}.application.persist_turn",
        f"{CAMPAIGN}.domain.record",
        f"{CAMPAIGN}.domain.turn",
        *FOLDING,
        *PROJECTION,
    ),
    "chronicle/recall": ("services.chronicle.application.remember",),
    "chronicle/remember": ("services.chronicle.application.recall", "services.chronicle.domain.recall"),
    "dm/judge_narrative": (
        "services.dm.domain.reading",
        "services.dm.domain.understudy",
        "services.dm.domain.validate",
    ),
    "dm/validate_and_route": (
        "services.dm.adapters",
        "services.dm.application",
        "services.dm.domain.understudy.left_over",
        "services.dm.domain.understudy.master",
        "services.dm.domain.understudy.narrator.answers",
        "services.dm.domain.understudy.narrator.narrate",
    ),
    "gateway/accounts": (f"{GATEWAY}.adapters.turn_repository", f"{GATEWAY}.adapters.workflow", *PLAYING, *LIVE),
    "gateway/api": ACCOUNTS,
    "gateway/deadline": (
        *ACCOUNTS,
        f"{GATEWAY}.http",
        f"{GATEWAY}.application.campaigns",
        f"{GATEWAY}.adapters.workflow",
    ),
    "gateway/fail_turn": (*ACCOUNTS, *CALLING, f"{GATEWAY}.http", *LIVE),
    "gateway/format_response": (*ACCOUNTS, *CALLING, f"{GATEWAY}.http", *LIVE),
    "gateway/narrate": (*ACCOUNTS, *CALLING, *PLAYING, f"{GATEWAY}.http"),
    "gateway/progress": (*ACCOUNTS, *CALLING, *PLAYING, f"{GATEWAY}.http"),
    "gateway/push": (*ACCOUNTS, *CALLING, *PLAYING, f"{GATEWAY}.http"),
    "gateway/relay": (GATEWAY,),
    "gateway/socket": (*ACCOUNTS, *CALLING, *PLAYING, f"{GATEWAY}.http.endpoints"),
}
"""Modules, with all below them, that a handler does not load."""

MOST_LINES = {
    "audit/record": 480,
    "campaign/create": 1_130,
    "campaign/dice": 500,
    "campaign/fork": 1_195,
    "campaign/list_campaigns": 660,
    "campaign/list_standings": 650,
    "campaign/open_turn": 800,
    "campaign/persist_campaign": 1_900,
    "campaign/project": 1_040,
    "campaign/rebuild": 1_010,
    "campaign/relay": 20,
    "campaign/settle_effects": 1_010,
    "campaign/view": 470,
    "campaign/void_turn": 500,
    "chronicle/recall": 490,
    "chronicle/remember": 385,
    "dm/invoke_dungeon_master": 25_560,
    "dm/validate_and_route": 20_040,  # of which it reads what was typed, ten thousand, when a model told the story
    "gateway/accounts": 3_930,
    "gateway/api": 5_600,
    "gateway/export": 4_100,
    "gateway/deadline": 2_100,
    "gateway/fail_turn": 1_970,
    "gateway/format_response": 1_970,
    "gateway/narrate": 2_075,
    "gateway/progress": 2_005,
    "gateway/push": 2_035,
    "gateway/relay": 20,
    "gateway/socket": 2_545,
    "metrics/count": 500,
    "tools/execute_tool": 2_900,
    "tools/play_world": 3_100,
}
"""The most lines of its service that a handler may load; one that is not named here may load MOST_OF_ANY."""
MOST_OF_ANY = 4_000


CALLS_NOBODY = ("campaign/settle_effects", "dm/validate_and_route", "lore/describe_world")
"""Stages that ask nothing of AWS: they start without its SDK, in every turn."""
SDK = {"boto3", "botocore.session", "s3transfer", "urllib3"}
SPARED = {"boto3", "s3transfer", "aws_lambda_powertools.utilities.idempotency", "aws_lambda_powertools.event_handler"}
"""Modules that would cost each cold start and are used by none."""


MOST_CLASSES = {
    "audit/record": 6,
    "campaign/create": 105,
    "campaign/fork": 105,
    "campaign/open_turn": 98,
    "campaign/persist_campaign": 101,
    "campaign/relay": 6,
    "campaign/settle_effects": 98,
    "campaign/void_turn": 99,
    "dm/forget": 22,
    "dm/invoke_dungeon_master": 104,
    "dm/judge_narrative": 100,
    "dm/validate_and_route": 103,
    "gateway/accounts": 100,
    "gateway/api": 160,
    "gateway/deadline": 186,
    "gateway/erase": 134,
    "gateway/export": 141,
    "gateway/fail_turn": 143,
    "gateway/format_response": 143,
    "gateway/narrate": 88,
    "gateway/progress": 87,
    "gateway/push": 89,
    "gateway/relay": 6,
    "gateway/socket": 100,
    "lore/describe_world": 63,
    "lore/retrieve_lore": 65,
    "tools/execute_tool": 102,
    "tools/forget": 22,
    "tools/play_world": 102,
}
"""The most classes of contracts that a handler may make at its start, 0.2 ms each."""
MOST_OF_OTHERS = 50
"""The most that a handler may make that is not named there."""
COUNT_CLASSES = """
import os, sys
from importlib import import_module
import aws_lambda_powertools.metrics, botocore.session
from pydantic import BaseModel
def below(kind):
    for each in kind.__subclasses__():
        yield each
        yield from below(each)
for handler in sys.argv[1:]:
    sys.stdout.flush()
    if not os.fork():
        import_module("services." + handler.replace("/", ".handlers."))
        print(handler, len({each for each in below(BaseModel) if each.__module__.startswith("contracts.")}), flush=True)
        os._exit(0)
    assert os.wait()[1] == 0, handler
"""
"""Each handler is imported by a process of its own, which begins with the libraries that most of them load."""


def _loaded_by(handlers: Iterable[str]) -> set[str]:
    """All modules that a fresh interpreter has when it has imported these handlers."""
    modules = ", ".join(f"services.{each.replace('/', '.handlers.')}" for each in handlers)
    done = subprocess.run(
        [sys.executable, "-c", f"import {modules}, sys; print(*sys.modules)"],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


def _loads(handler: str) -> frozenset[str]:
    service, _, name = handler.partition("/")
    return closure(f"services.{service}.handlers.{name}")


def _is_below(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


@pytest.mark.parametrize("handler", FORBIDDEN)
def test_a_handler_does_not_load_what_it_does_not_use(handler: str) -> None:
    forbidden = FORBIDDEN[handler]
    own = f"services.{handler.replace('/', '.handlers.')}"
    loaded = {module for module in _loads(handler) - {own} for package in forbidden if _is_below(module, package)}

    assert loaded == set()
    assert [package for package in forbidden if not exists(package)] == [], "a rule about what is not there"


@pytest.mark.parametrize("handler", HANDLERS)
def test_a_handler_loads_no_more_than_its_budget(handler: str) -> None:
    loaded = _loads(handler)
    total = sum(map(lines, loaded))
    print(f"\n{handler}: {len(loaded)} files, {total} lines")
    for module in sorted(loaded):
        print(f"  {lines(module):4} {module.removeprefix('services.')}")

    assert total <= MOST_LINES.get(handler, MOST_OF_ANY)


@pytest.fixture(scope="module")
def classes_made() -> dict[str, int]:
    """The number of classes of contracts that each handler makes when it is imported."""
    done = subprocess.run(
        [sys.executable, "-c", COUNT_CLASSES, *HANDLERS],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=True,
    )
    return {handler: int(count) for handler, count in map(str.split, done.stdout.splitlines())}


@pytest.mark.parametrize("handler", HANDLERS)
def test_a_handler_makes_no_more_classes_of_contracts_than_its_budget(
    handler: str, classes_made: dict[str, int]
) -> None:
    assert classes_made[handler] <= MOST_CLASSES.get(handler, MOST_OF_OTHERS)


@pytest.mark.parametrize("handler", CALLS_NOBODY)
def test_a_stage_that_asks_nothing_of_aws_starts_without_its_sdk(handler: str) -> None:
    assert _loaded_by([handler]) & SDK == set()


def test_no_handler_loads_boto3_or_a_utility_that_it_does_not_use() -> None:
    assert _loaded_by(HANDLERS) & SPARED == set()


def test_there_is_one_sdk_and_no_service_locks_another_nor_imports_one_when_it_is_called() -> None:
    locks = [path.read_text(encoding="utf-8") for path in (REPOSITORY / "services").glob("*/requirements.txt")]
    sources = [
        *(path for path in (REPOSITORY / "services").rglob("*.py") if "tests" not in path.parts),
        *(REPOSITORY / "stagekit").glob("*.py"),
    ]

    assert [lock for lock in locks if "\nboto3==" in lock or "\nbotocore==" not in lock] == []
    assert [path for path in sources if re.search(r"^\s*(import|from) boto3", path.read_text(), re.M)] == []


def test_every_handler_with_a_budget_or_a_rule_is_there() -> None:
    assert {*FORBIDDEN, *MOST_LINES, *MOST_CLASSES} <= set(HANDLERS)
