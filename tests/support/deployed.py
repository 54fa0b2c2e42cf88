"""The whole system on a local cloud of its own, deployed once for a session: for every folder that drives it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from infra.local import process
from infra.local.home import Home
from infra.local.settings import DungeonMaster
from infra.local.up import StepNote, down, up
from infra.permissions import record
from infra.permissions.explained import explain_grants
from infra.permissions.record import Call
from tests.support.assemblies import of_this_run
from tests.support.assembly import made_once
from tests.support.cloud import Cloud
from tests.support.driving import Game
from tests.support.ports import free_port
from tests.support.waiting import until

NEVER_EMPTY = ("gateway/turn-deadline", "gateway/failed-turns")  # delayed by minutes; kept for operators


@contextmanager
def silently(name: str) -> Iterator[StepNote]:
    yield StepNote()


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """The assembly that a cloud is deployed from: templates and packages, made once for all workers of this run."""
    shared = of_this_run(tmp_path_factory) / "assembly"
    shared.mkdir(exist_ok=True)
    return made_once(shared)


@pytest.fixture(scope="session")
def cloud(app: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    home = Home(tmp_path_factory.mktemp("cloud") / "home", free_port())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NINELIVES_HOME", str(home.path))
        patch.setenv("NINELIVES_PORT", str(home.port))
        up(home, DungeonMaster(), silently, app)
        try:
            running = Cloud(home)
            yield running
            everything_was_consumed(running)
            every_call_is_on_record(running)
        finally:
            down(home)
            assert process.read_record(home) is None


def everything_was_consumed(cloud: Cloud) -> None:
    """Assert that no message is left anywhere: every event was taken, and at the first try."""
    queues = [queue for queue in cloud.stack["queues"] if queue not in NEVER_EMPTY]
    until(lambda: not any(cloud.count_queued(queue) for queue in queues), why=f"an end of {', '.join(queues)}")


@pytest.fixture(autouse=True)
def nothing_was_denied(request: pytest.FixtureRequest) -> Iterator[None]:
    """No role refused a call that a function made since the test before, on the cloud that all tests share."""
    yield
    if request.node.get_closest_marker("cloud") and "cloud" in request.fixturenames:
        cloud: Cloud = request.getfixturevalue("cloud")
        denied = cloud.list_denied()
        assert not denied, f"a role refused {sorted(denied)}"


def every_call_is_on_record(cloud: Cloud) -> None:
    """Assert that every call that functions made is on record or explained; or write down all, for a new record."""
    made = cloud.calls()
    if folder := os.environ.get(record.FOLDER_VARIABLE):
        (Path(folder) / f"{uuid4().hex}.json").write_text(record.render(made))
    else:
        known = {*record.load(), *(Call(each.holder, each.action, each.resource) for each in explain_grants())}
        new = sorted(map(str, made - known))
        assert not new, "`ninelives permissions --record`, for docs/iam.json does not know that " + "; ".join(new)


@pytest.fixture
def game(cloud: Cloud) -> Game:
    """A new player with a new cat."""
    return Game(cloud, f"player-{uuid4().hex[:12]}").begin()
