"""Promises of the hooks about a snapshot, through the name that the emulator's own shutdown calls."""

import json
import logging
import threading
from collections import Counter
from functools import partial
from itertools import count

import pytest
from ministack import app
from ministack.core import persistence
from ministack.core.responses import AccountRegionScopedDict
from ministack.services import lambda_svc, stepfunctions

from infra.local.hooks import saving
from infra.local.snapshot import before


@pytest.fixture(autouse=True)
def hooked(monkeypatch):
    monkeypatch.setattr(app, "save_all", app.save_all)
    monkeypatch.setattr(lambda_svc, "_write_code_blob", lambda_svc._write_code_blob)
    monkeypatch.setattr(lambda_svc, "_prune_orphan_code_blobs", lambda_svc._prune_orphan_code_blobs)
    monkeypatch.setattr(persistence, "json", persistence.json)
    monkeypatch.setattr(stepfunctions, "get_state", stepfunctions.get_state)
    saving.install()


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch):
    """The directory of the saved state."""
    monkeypatch.setattr(persistence, "PERSIST_STATE", True)
    monkeypatch.setattr(persistence, "STATE_DIR", str(tmp_path))
    return tmp_path


def read_saved(state, service):
    return json.loads((state / f"{service}.json").read_text())["payload"]


def changing(times):
    """A service whose state changes during the first `times` copies."""
    tries = count(1)

    def get_state():
        if (nth := next(tries)) <= times:
            raise RuntimeError("dictionary changed size during iteration")
        return {"copied at try": nth}

    return get_state


def test_a_second_save_waits_for_the_first(state):
    copying, go_on, second = threading.Event(), threading.Event(), threading.Event()

    def slow():
        copying.set()
        assert go_on.wait(10)
        return {"from": "first"}

    def quick():
        second.set()
        return {"from": "second"}

    threads = [threading.Thread(target=app.save_all, args=({"lives": get_state},)) for get_state in (slow, quick)]
    threads[0].start()
    assert copying.wait(10)
    threads[1].start()
    assert not second.wait(0.2)
    go_on.set()
    for thread in threads:
        thread.join(10)

    assert read_saved(state, "lives") == {"from": "second"}


def test_a_service_that_changes_while_it_is_copied_is_copied_again(state):
    app.save_all({"lives": changing(times=saving.TRIES - 1)})

    assert read_saved(state, "lives") == {"copied at try": saving.TRIES}


def test_a_service_that_goes_on_changing_keeps_its_last_good_file_and_the_log_says_so(state, caplog):
    app.save_all({"lives": lambda: {"left": 9}})
    with caplog.at_level(logging.ERROR, "ninelives.hooks"):
        app.save_all({"lives": changing(times=saving.TRIES), "toys": lambda: {"mice": 1}})

    assert read_saved(state, "lives") == {"left": 9}
    assert read_saved(state, "toys") == {"mice": 1}
    assert "lives is not in this snapshot, its last good file stays: RuntimeError" in caplog.text


def test_every_service_is_copied_before_the_first_is_written(state):
    written = Counter()

    def look():
        written["files"] += len(list(state.iterdir()))
        return {}

    app.save_all({"lives": look, "toys": look})

    assert written == {"files": 0}
    assert len(list(state.iterdir())) == 2


def test_positions_are_copied_before_queues_and_queues_before_tables_which_are_written_first(state, monkeypatch):
    order = []
    services = {name: partial(_noting, order, name) for name in ("dynamodb", "lambda", "s3", "sqs")}
    monkeypatch.setattr(persistence, "save_state", lambda name, _: order.append(f"{name}.json"))

    app.save_all(services)

    assert order == ["lambda", "s3", "sqs", "dynamodb", "dynamodb.json", "sqs.json", "s3.json", "lambda.json"]


def _noting(order, name):
    order.append(name)
    return {}


def test_the_files_of_the_snapshot_before_stay(state):
    for left in (9, 8, 7):
        app.save_all({"lives": lambda left=left: {"left": left}})

    assert read_saved(state, "lives") == {"left": 7}
    assert read_saved(before(state), "lives") == {"left": 8}


def test_code_is_deleted_only_once_it_is_written_down_that_nothing_uses_it(state, monkeypatch):
    code = state / "lambda-blobs" / "old.zip"
    code.parent.mkdir()
    code.write_bytes(b"meow")
    monkeypatch.setattr(lambda_svc, "CODE_BLOB_DIR", str(code.parent))
    there = []
    save_state = persistence.save_state
    monkeypatch.setattr(persistence, "save_state", lambda *args: (there.append(code.exists()), save_state(*args)))
    for _ in range(2):
        app.save_all({"lambda": lambda_svc.get_state})

    assert there == [True, True], "the files before may name it"
    assert not code.exists()


def test_what_is_written_the_emulator_reads_back(state):
    cats = AccountRegionScopedDict()
    cats["tom"] = {"picture": b"\xff\x00", "lives": 9}

    app.save_all({"lives": lambda: {"cats": cats}})

    assert persistence.load_state("lives")["cats"]["tom"] == {"picture": b"\xff\x00", "lives": 9}


def test_of_express_executions_a_snapshot_holds_those_that_run(monkeypatch):
    for name, kept in {
        "_state_machines": {kind: {"stateMachineArn": kind, "type": kind} for kind in ("EXPRESS", "STANDARD")},
        "_executions": {
            f"{kind} {status}": {"stateMachineArn": kind, "status": status, "events": [{"id": 1}]}
            for kind in ("EXPRESS", "STANDARD")
            for status in ("RUNNING", "SUCCEEDED")
        },
    }.items():
        scoped = AccountRegionScopedDict()
        for key, value in kept.items():
            scoped[key] = value
        monkeypatch.setattr(stepfunctions, name, scoped)

    executions = stepfunctions.get_state()["executions"]

    assert sorted(executions.keys()) == ["EXPRESS RUNNING", "STANDARD RUNNING", "STANDARD SUCCEEDED"]
    assert executions["EXPRESS RUNNING"]["events"] is not stepfunctions._executions["EXPRESS RUNNING"]["events"]


VALUES = {
    "words": {1: "one", None: "none", False: "no", "half a pair": "\ud83d", "cat": "🐈"},
    "numbers": [1.0, 10**30, -0.5],
    "bytes": b"\x00\xff",
    "pair": (1, 2),
}


@pytest.mark.parametrize("name", VALUES)
def test_a_file_says_what_the_emulator_would_have_written(state, name):
    app.save_all({"lives": lambda: {name: VALUES[name]}})

    written = json.dumps({name: VALUES[name]}, default=persistence._json_default)
    assert read_saved(state, "lives") == json.loads(written)


def test_a_package_is_written_once_and_again_when_its_file_is_gone(state, monkeypatch):
    monkeypatch.setattr(lambda_svc, "CODE_BLOB_DIR", str(state))
    digests, package = [], b"a function"
    write = saving._written_once(lambda code: digests.append(code) or lambda_svc._write_code_blob(code))

    names = {write(package), write(package)}
    (state / f"{names.pop()}.zip").unlink()
    write(package)

    assert (digests, names) == ([package, package], set())
    assert len(list(state.glob("*.zip"))) == 1
