"""Load is recorded as it was answered, checked and measured: against a gateway of a few lines."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import count
from random import Random

import httpx
import pytest

from contracts.playerapi import Problem
from ninelives.game.client import RequestRefused
from ninelives.load.faults import killing
from ninelives.load.levels import Third, growing, table, thirds
from ninelives.load.playing import TWICE, Load, _take_turn
from ninelives.load.recording import Recording
from ninelives.load.watching import LoadSample, drain, memory_of, watching
from ninelives.ops.proof.clients import ClientAnswer


def record(*answers: httpx.Response) -> Recording:
    left = iter(answers)
    return Recording(httpx.MockTransport(lambda request: next(left)))


def test_requests_for_turns_and_reads_of_campaigns_are_kept():
    turn = {"id": "t1", "status": "resolved", "number": 1}
    recording = record(httpx.Response(200, json=turn), httpx.Response(200, json={"version": 2}), httpx.Response(200))
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
    done = Load(
        answers=twice, turns=[(n / 2, 0.1 * n) for n in range(1, 11)], failed=["it is down"] * 2, began=0.0, ended=5.0
    )

    assert "10 turns in 5 s (2.0/s)" in str(done)
    assert "p50 0.55 s" in str(done)
    assert "2 without an end that was told, 2 answers (2 × it is down)" in str(done)
    assert any("both turn 1" in wrong for wrong in done.wrong)


def test_workers_are_killed_while_the_block_lasts():
    sleeper = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)

    with killing(lambda: [sleeper.pid] if sleeper.poll() is None else [], pause=0.001) as killed:
        assert sleeper.wait(10) == -signal.SIGKILL

    assert killed.count >= 1


def test_readings_are_taken_until_the_block_is_left_and_a_look_that_fails_is_left_out():
    looks, enough = iter([(1, 1), OSError(), (3, 3), (4, 4)]), threading.Event()

    def look():
        found = next(looks, None)
        if found is None:
            enough.set()
            return 5, 5
        if isinstance(found, OSError):
            raise found
        return found

    with watching(look, count().__next__, every=0.001) as readings:
        assert enough.wait(10)

    assert [each.memory for each in readings][:3] == [1, 3, 4]


@pytest.mark.parametrize(
    ("last", "grown"),
    [
        (Third(10, 0.2, 100.0, 5), []),
        (Third(10, 0.3, 100.0, 5), ["latency"]),
        (Third(10, 0.2, 120.0, 5), ["memory"]),
        (Third(10, 0.2, 100.0, 80), ["queues"]),
        (Third(0, None, None, None), []),
    ],
)
def test_a_load_levels_off_when_its_last_third_is_like_the_one_before(last, grown):
    second = Third(10, 0.2, 100.0, 10)

    assert growing([second, second, last]) == grown


def test_turns_and_readings_belong_to_the_third_they_fall_in():
    readings = [LoadSample(at, at, at, wanted=at) for at in range(9)]

    first, second, last = thirds([(0, 1.0), (1, 3.0), (8, 9.0)], readings, began=0, ended=9)

    assert (first.turns, first.latency, first.memory, first.waiting) == (2, 2.0, 1.0, 2)
    assert (second.turns, second.latency, second.waiting) == (0, None, 5)
    assert (last.turns, last.memory, last.wanted) == (1, 7.0, 7.0)
    assert table([first, second, last]).splitlines()[3].split()[-1] == "7.0"
    assert "levels off" not in table([first, second, last])


def test_queues_are_watched_until_they_are_empty_or_time_is_up():
    depths = iter([(0, 4), (0, 2), (0, 0)])

    assert drain(lambda: next(depths), count().__next__, lambda seconds: None, within=60) == 4
    assert drain(lambda: (0, 1), count().__next__, lambda seconds: None, within=5) is None


def test_memory_is_that_of_all_processes():
    assert memory_of([1, 2], lambda command: " 100\n 28\n" if command[-1] == "1,2" else "") == 128 * 1024
    assert memory_of([], lambda command: "900") == 0


def test_of_two_tabs_one_is_refused_and_the_turn_of_the_other_counts():
    running = Problem(type="https://problems/turn-in-progress", title="Turn in progress", status=409, detail="Wait.")

    class TwoTabs:
        def __init__(self):
            self.keys = []

        def act(self, campaign, action, key):
            self.keys.append(key)
            if threading.current_thread() is threading.main_thread():
                raise RequestRefused(running)
            return "the turn of the other tab"

    class TwoTabsChance(Random):
        def random(self):
            return TWICE

    player = TwoTabs()
    with ThreadPoolExecutor(1) as tab:
        assert _take_turn(player, "c", tab, TwoTabsChance(0)) == "the turn of the other tab"
    assert len(set(player.keys)) == 2
