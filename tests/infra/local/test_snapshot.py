"""The cost of a kill: what was answered survives, what was running is begun again."""

import os
import signal
import threading

import pytest

from infra.errors import UserError
from infra.local import emulator, process
from infra.local.snapshot import Snapshots

LISTENS = {"Listen": {"Type": "Wait", "Seconds": 200, "End": True}}


def test_what_was_answered_survives_a_kill_and_what_was_running_is_begun_again(restartable):
    cloud = restartable
    url, _ = cloud.queue()
    cloud.client("sqs").send_message(QueueUrl=url, MessageBody="kept")
    cloud.client("sqs").send_message(QueueUrl=url, MessageBody="later", DelaySeconds=600)
    assert cloud.messages(url, VisibilityTimeout=600), "received, and whoever did will be gone"
    table, machine = put(cloud, "before"), cloud.workflow(LISTENS)
    for _ in range(2):
        emulator.snapshot(cloud.home)
    put(cloud, "after")
    start(cloud, machine)
    cloud.until(lambda: list((cloud.home.path / "state" / "running").glob("*.json")))
    kill(cloud)
    emulator.start(cloud.home)

    assert [message["Body"] for message in cloud.messages(url)] == ["kept"]
    assert sorted(item["pk"]["S"] for item in table.scan(TableName="cats")["Items"]) == ["after", "before"]
    assert [emulator.resume(cloud.home) for _ in range(2)] == [1, 0]
    damage_is_refused(cloud)


def damage_is_refused(cloud):
    """Asserted beside the rest, because a cloud that was killed is at hand."""
    kill(cloud)
    saved = cloud.home.path / "state" / "dynamodb.json"
    whole = saved.read_bytes()
    saved.write_bytes(whole[: len(whole) // 2])

    with pytest.raises(UserError, match=f"{saved} is damaged.*mv {saved} {saved}.damaged && cp .*state.before"):
        emulator.start(cloud.home)

    assert saved.read_bytes() == whole[: len(whole) // 2]


def put(cloud, name):
    """The client of the table `cats`, in which this one is now."""
    client = cloud.client("dynamodb")
    if "cats" not in client.list_tables()["TableNames"]:
        client.create_table(
            TableName="cats",
            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
            BillingMode="PAY_PER_REQUEST",
        )
    client.put_item(TableName="cats", Item={"pk": {"S": name}})
    return client


def start(cloud, machine):
    cloud.client("stepfunctions").start_execution(stateMachineArn=machine, input="{}")


def kill(cloud):
    running = emulator.running(cloud.home)
    os.kill(running.pid, signal.SIGKILL)
    process.stop(running, grace=5)


def test_a_change_is_saved_without_being_asked_for_and_silence_is_not(monkeypatch):
    monkeypatch.setattr("infra.local.snapshot.PAUSE", 0.0)
    saved = threading.Semaphore(0)
    snapshots = Snapshots(saved.release)
    snapshots.start()
    assert not saved.acquire(timeout=0.2)
    snapshots.touch()
    assert saved.acquire(timeout=5)

    assert not saved.acquire(timeout=0.2)


def test_a_failed_save_does_not_end_the_saving(monkeypatch):
    monkeypatch.setattr("infra.local.snapshot.PAUSE", 0.0)
    tries = threading.Semaphore(0)

    def save():
        tries.release()
        raise OSError("disk full")

    snapshots = Snapshots(save)
    snapshots.start()
    for _ in range(2):
        snapshots.touch()
        assert tries.acquire(timeout=5)
