"""Load is recorded as it was answered, checked and measured: against a gateway of a few lines."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from contextlib import suppress
from itertools import count

import httpx

from ninelives.load.faults import killing
from ninelives.load.playing import Load
from ninelives.load.recording import Recording
from ninelives.ops.proof.clients import ClientAnswer


def recorded(*answers: httpx.Response) -> Recording:
    left = iter(answers)
    return Recording(httpx.MockTransport(lambda request: next(left)))


def test_requests_for_turns_and_reads_of_campaigns_are_kept():
    turn = {"id": "t1", "status": "resolved", "number": 1}
    recording = recorded(httpx.Response(200, json=turn), httpx.Response(200, json={"version": 2}), httpx.Response(200))
    http = httpx.Client(base_url="http://door/v1/", transport=recording)

    told = http.post("campaigns/c/turns", headers={"idempotency-key": "k"}, json={})
    http.get("campaigns/c")
    http.get("world")

    assert json.loads(told.content) == turn
    assert [(each.campaign, each.key, each.status, each.body) for each in recording.answers] == [
        ("c", "k", 200, turn),
        ("c", None, 200, {"version": 2}),
    ]


def test_a_request_without_an_answer_is_kept():
    def nobody(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("nobody")

    recording = Recording(httpx.MockTransport(nobody))
    with suppress(httpx.ConnectError):
        httpx.Client(transport=recording).post("http://door/v1/campaigns/c/turns", headers={"idempotency-key": "k"})

    assert [(each.status, each.key) for each in recording.answers] == [(0, "k")]


def test_a_load_tells_percentiles_and_what_was_wrong():
    clock = count()
    twice = [
        ClientAnswer("c", next(clock), next(clock), 200, {"id": f"t{n}", "status": "resolved", "number": 1}, f"k{n}")
        for n in (1, 2)
    ]
    done = Load(answers=twice, turns=[0.1 * n for n in range(1, 11)], failed=0, seconds=5.0)

    assert "10 turns in 5 s (2.0/s)" in str(done)
    assert "p50 0.55 s" in str(done)
    assert any("both turn 1" in wrong for wrong in done.wrong)


def test_workers_are_killed_while_the_block_lasts():
    sleeper = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)

    with killing(lambda: [sleeper.pid] if sleeper.poll() is None else [], pause=0.001) as killed:
        assert sleeper.wait(10) == -signal.SIGKILL

    assert killed.count >= 1
