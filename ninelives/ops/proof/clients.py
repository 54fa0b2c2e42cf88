"""Answers to concurrent clients, and what they asked, checked by plain sweeps over time: turns are numbered.

A search over all orders is not needed: the numbers say in which order turns took place, and it must fit the clock.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import inf
from typing import Any

BUSY = "turn-in-progress"
"""The end of the problem that says that another turn runs."""
_ENDED = ("resolved", "failed")


@dataclass(frozen=True)
class ClientAnswer:
    """A request about a campaign, and what came of it. Times are of one clock; `status` is 0 when no answer came.

    `key` is the idempotency key of a request for a turn, None of a read. `body`: the turn, the campaign or the problem.
    """

    campaign: str
    began: float
    ended: float
    status: int
    body: dict[str, Any]
    key: str | None = None

    @property
    def is_turn(self) -> bool:
        return self.status in (200, 202) and self.body.get("status") in ("accepted", "running", *_ENDED)

    @property
    def is_over(self) -> bool:
        return self.is_turn and self.body["status"] in _ENDED

    @property
    def is_busy(self) -> bool:
        return self.status == 409 and str(self.body.get("type")).endswith(BUSY)


@dataclass
class _Span:
    """The time in which a turn may have held its campaign: from its first request to the first sight of its end."""

    key: str
    began: float
    ended: float = inf


def turns_are_in_the_order_of_time(answers: list[ClientAnswer]) -> Iterator[str]:
    """A turn that was over before another was asked for has the lower number, and no number is of two turns."""
    asked: dict[str, float] = {}
    over: dict[str, float] = {}
    numbers: dict[int, str] = {}
    for each in answers:
        if each.is_turn and each.key is not None:
            asked[each.body["id"]] = min(each.began, asked.get(each.body["id"], inf))
        if each.is_over and each.body["status"] == "resolved":
            turn, number = each.body["id"], each.body["number"]
            over[turn] = min(each.ended, over.get(turn, inf))
            if numbers.setdefault(number, turn) != turn:
                yield f"{turn} and {numbers[number]} are both turn {number}"
    earliest, later = inf, ""
    for number, turn in sorted(numbers.items(), reverse=True):
        if earliest < asked.get(turn, -inf):
            yield f"{turn} was asked for after {later} was over, and is turn {number}, before it"
        if over[turn] < earliest:
            earliest, later = over[turn], turn


def equal_keys_get_equal_answers(answers: list[ClientAnswer]) -> Iterator[str]:
    """A key is one turn, and how a turn ended is told alike to all who ask."""
    ids: dict[str, str] = {}
    ends: dict[str, dict[str, Any]] = {}
    for each in (each for each in answers if each.is_turn):
        turn = each.body["id"]
        if each.key is not None and ids.setdefault(each.key, turn) != turn:
            yield f"the key {each.key} made {ids[each.key]} and {turn}"
        if each.is_over and ends.setdefault(turn, each.body) != each.body:
            yield f"{turn} ended in two ways"


def no_free_campaign_refuses(answers: list[ClientAnswer]) -> Iterator[str]:
    """Refusals by free campaigns: only who asks while another turn may be running is told that one is."""
    spans = sorted(_spans(answers), key=lambda span: span.began)
    refused = sorted((each for each in answers if each.is_busy), key=lambda each: each.ended)
    longest: list[_Span] = []  # the last two to end, since one of them may be the asker's own
    place = 0
    for each in refused:
        while place < len(spans) and spans[place].began < each.ended:
            longest = sorted([*longest, spans[place]], key=lambda span: -span.ended)[:2]
            place += 1
        if not any(span.ended > each.began for span in longest if span.key != each.key):
            yield f"{each.campaign} was free and refused {each.key} at {each.began:.3f}"


def reads_never_go_back(answers: list[ClientAnswer]) -> Iterator[str]:
    """Reads that go back: one after an answer came sees no earlier version, and no turn running that was over."""
    versions = [(each, each.body["version"]) for each in answers if each.status == 200 and "version" in each.body]
    yield from _back(versions, lambda each, seen: f"{each.campaign} went back from version {seen}")
    turns = defaultdict[str, list[tuple[ClientAnswer, int]]](list)
    for each in (each for each in answers if each.is_turn):
        turns[each.body["id"]].append((each, int(each.is_over)))
    for looks in turns.values():
        yield from _back(looks, lambda each, seen: f"{each.body['id']} was over and is {each.body['status']}")


CLAUSES: tuple[Callable[[list[ClientAnswer]], Iterator[str]], ...] = (
    turns_are_in_the_order_of_time,
    equal_keys_get_equal_answers,
    no_free_campaign_refuses,
    reads_never_go_back,
)


def wrong_in(answers: Iterable[ClientAnswer]) -> list[str]:
    """Everything that is wrong, each after the name of its clause. Takes n log n."""
    campaigns = defaultdict[str, list[ClientAnswer]](list)
    for each in answers:
        campaigns[each.campaign].append(each)
    return [f"{clause.__name__}: {what}" for told in campaigns.values() for clause in CLAUSES for what in clause(told)]


def _spans(answers: list[ClientAnswer]) -> Iterator[_Span]:
    """A request that got no answer may have been accepted: its turn holds the campaign until its end is seen."""
    spans: dict[str, _Span] = {}
    ids: dict[str, str] = {}
    for each in answers:
        if each.key is not None and (each.is_turn or each.status == 0 or each.status >= 500):
            span = spans.setdefault(each.key, _Span(each.key, each.began))
            span.began = min(span.began, each.began)
            if each.is_turn:
                ids[each.body["id"]] = each.key
    for each in (each for each in answers if each.is_over):
        if (asked := ids.get(each.body["id"])) is not None:
            spans[asked].ended = min(spans[asked].ended, each.ended)
    return iter(spans.values())


def _back(looks: list[tuple[ClientAnswer, int]], tell: Callable[[ClientAnswer, int], str]) -> Iterator[str]:
    """Looks that began after another had ended, and saw less."""
    ended = sorted(looks, key=lambda look: look[0].ended)
    most, place = 0, 0
    for each, saw in sorted(looks, key=lambda look: look[0].began):
        while place < len(ended) and ended[place][0].ended < each.began:
            most = max(most, ended[place][1])
            place += 1
        if saw < most:
            yield tell(each, most)
