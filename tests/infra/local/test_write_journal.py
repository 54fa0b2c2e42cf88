"""Tables come back as they were answered to be, from a snapshot and the writes after it."""

import asyncio
import json

import pytest
from ministack import app
from ministack.core import persistence
from ministack.services import dynamodb, lambda_svc, stepfunctions

from infra.local.hooks import saving, stream_memory, write_journal

TABLE = "journalled"


@pytest.fixture(autouse=True)
def hooked(tmp_path, monkeypatch):
    """A table, in an emulator that keeps its state in the directory that this gives."""
    for owner, names in (
        (dynamodb, ("get_state", "load_persisted_state", "handle_request")),
        (persistence, ("save_state", "json")),
        (stepfunctions, ("get_state",)),
        (app, ("save_all", "_load_persisted_state")),
        (lambda_svc, ("_prune_orphan_code_blobs", "_poll_dynamodb_streams")),
    ):
        for name in names:
            monkeypatch.setattr(owner, name, getattr(owner, name))
    monkeypatch.setattr(persistence, "PERSIST_STATE", True)
    monkeypatch.setattr(persistence, "STATE_DIR", str(tmp_path / "state"))
    dynamodb.reset()
    stream_memory.install()
    write_journal.install()
    saving.install()
    keys = {"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "pk", "KeyType": "HASH"}
    stream = {"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"}
    table = {"AttributeDefinitions": [keys[0]], "KeySchema": [keys[1]], "BillingMode": "PAY_PER_REQUEST"}
    ask("CreateTable", **table, StreamSpecification=stream)
    yield tmp_path / "state"
    dynamodb.reset()


def ask(action, indent=None, **request):
    body = json.dumps({"TableName": TABLE, **request}, indent=indent).encode()
    headers = {"x-amz-target": f"DynamoDB_20120810.{action}"}
    status, _, answer = asyncio.run(dynamodb.handle_request("POST", "/", headers, body, {}))
    return status, json.loads(answer)


def add(name, **more):
    change = {"UpdateExpression": "ADD lives :one", "ExpressionAttributeValues": {":one": {"N": "1"}}}
    return ask("UpdateItem", Key={"pk": {"S": name}}, **change, **more)[0]


def lives():
    return {item["pk"]["S"]: int(item["lives"]["N"]) for item in ask("Scan")[1]["Items"]}


def snapshot():
    app.save_all({"dynamodb": dynamodb.get_state})


def kill():
    """Lose what was only in memory, and load what is on disk."""
    dynamodb.reset()
    dynamodb.load_persisted_state(persistence.load_state("dynamodb"))


def test_what_was_answered_after_a_snapshot_survives_a_kill_once(hooked):
    add("ash")
    snapshot()
    add("ash")
    add("bo", indent=2)
    for _ in range(2):
        kill()

        assert lives() == {"ash": 2, "bo": 1}
    add("ash")
    kill()
    snapshot()
    kill()

    assert lives() == {"ash": 3, "bo": 1}


def test_what_was_refused_is_not_done_afterwards(hooked):
    snapshot()
    assert add("ash", ConditionExpression="attribute_exists(pk)") == 400
    kill()
    add("ash")
    kill()

    assert lives() == {"ash": 1}


def test_a_write_that_is_made_again_is_in_the_stream_again(hooked):
    add("bo")
    snapshot()
    add("ash")
    kill()

    (records,) = dynamodb._stream_records.values()
    assert [record["dynamodb"]["Keys"]["pk"]["S"] for record in records] == ["bo", "ash"]


def test_a_line_that_was_cut_off_was_never_answered(hooked):
    snapshot()
    add("ash")
    (newest,) = sorted((hooked / "journal").iterdir())[-1:]
    newest.write_bytes(newest.read_bytes() + b'PutItem {"TableName": "jour')
    kill()

    assert lives() == {"ash": 1}


def test_a_snapshot_that_was_not_written_forgets_no_write(hooked, monkeypatch):
    snapshot()
    for _ in range(3):
        add("ash")
        with monkeypatch.context() as full:
            full.setattr("os.replace", _no_space)
            snapshot()
    kill()

    assert lives() == {"ash": 3}


def _no_space(*paths):
    raise OSError("no space left on device")


def test_the_files_before_the_last_ones_stay_and_lead_to_the_same_tables(hooked):
    for _ in range(4):
        add("ash")
        snapshot()
    add("ash")
    (hooked / "dynamodb.json").write_text("{")
    (hooked / "dynamodb.json").unlink()
    (hooked.with_name("state.before") / "dynamodb.json").rename(hooked / "dynamodb.json")
    kill()

    assert lives() == {"ash": 5}
    assert len(list((hooked / "journal").iterdir())) == 2, "what neither needs is deleted"
