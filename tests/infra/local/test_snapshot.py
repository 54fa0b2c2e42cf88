"""What a kill may cost."""

import os
import signal
import threading

from infra.local import emulator, process
from infra.local.snapshot import Snapshots


def test_what_was_saved_survives_a_kill(restartable):
    cloud = restartable
    url, _ = cloud.queue()
    cloud.client("sqs").send_message(QueueUrl=url, MessageBody="kept")
    emulator.snapshot(cloud.home)
    running = emulator.running(cloud.home)
    os.kill(running.pid, signal.SIGKILL)
    process.stop(running, grace=5)
    emulator.start(cloud.home)

    assert [message["Body"] for message in cloud.messages(url)] == ["kept"]


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
