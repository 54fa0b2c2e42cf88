"""Properties of stages: each is tried in a fresh world of the request's own moment."""

from __future__ import annotations

from functools import cached_property, partial
from typing import Any

from contracts.errors import InvalidRequest
from tests.conformance import strikes
from tests.conformance.bench import Bench, Ended, Strike
from tests.conformance.comparison import Path, difference, differences
from tests.conformance.corpus import Asked
from tests.conformance.shapes import fits, minors, newer, older
from tests.conformance.subjects import Stage
from tests.conformance.verdicts import Findings

LATER = 97.0
"""Seconds between two undisturbed runs: what differs between them follows from the time, and is no promise."""


class StageTrial:
    """One request of one stage."""

    def __init__(self, stage: Stage, asked: Asked) -> None:
        self.stage, self.asked = stage, asked
        bench = self.bench()
        self.first = bench.ask(asked.request)
        self.calls = list(bench.plan.calls)
        self.kept, self.announced = bench.tables, bench.announced

    def try_all(self, findings: Findings) -> None:
        findings.add("errors by contract", [lambda: self._check_named((self.first,))])
        findings.add("malformed", [self.check_malformed])
        findings.add("duplicate", [self.check_repeated, self.together])
        findings.add("unknown fields", [self.unknown_fields])
        owner, request = self.stage.request.__module__.rpartition(".")[2], self.stage.request.__name__
        findings.add("older minor", [partial(self.older, owner, m, s) for m, s in minors(owner, request)])
        findings.add("killed", [partial(self.check_strike, strike) for strike in strikes.deaths(self.calls)])
        findings.add(
            "lost and late", [partial(self.check_strike, strike) for strike in strikes.lost_and_late(self.calls)]
        )

    def bench(self, later: float = 0.0) -> Bench:
        return Bench(self.stage, self.asked.world, later)

    @cached_property
    def of_time(self) -> tuple[frozenset[Path], frozenset[Path]]:
        """The paths at which answers and tables differ because of the time alone."""
        bench = self.bench(LATER)
        answer = bench.ask(self.asked.request).answer
        answers, tables = differences(self.first.answer, answer), differences(self.kept, bench.tables)
        return frozenset(answers), frozenset(tables)

    def check_malformed(self) -> str | None:
        """A payload that is no request is refused before anything is asked of anybody."""
        bench = self.bench()
        ended = bench.ask("no request")
        if ended.error != InvalidRequest.__name__:
            return f"what is no request ended with: {ended}"
        return f"what is no request led to {bench.plan.calls[0][0]}" if bench.plan.calls else None

    def check_repeated(self) -> str | None:
        """The same request again, and long after."""
        bench = self.bench()
        first = bench.ask(self.asked.request)
        for pause in (0.0, 3600.0):
            bench.wait(pause)
            if wrong := self._same(bench, first, bench.ask(self.asked.request)):
                return f"asked again after {pause:.0f} s: {wrong}"
        if bench.announced != self.announced:
            return "asked again: it announces events of other ids"
        return "asked again: a model is paid again" if bench.system.model.paid_again else None

    def together(self) -> str | None:
        """Two copies at the same moment: one may be told to come later."""
        bench = self.bench()
        both = bench.ask_together(self.asked.request)
        settled = bench.ask_until_answered(self.asked.request)[-1]
        for each in both:
            if not each.passes and (wrong := self._same(bench, settled, each, tables=self.of_time[1])):
                return f"two at once: {wrong}"
        return self._check_named(both)

    def unknown_fields(self) -> str | None:
        bench = self.bench()
        return self._same(bench, self.first, bench.ask(newer(self.stage.request, self.asked.request)))

    def older(self, owner: str, minor: str, schema: Any) -> str | None:
        """A caller of an older minor is served, and can read the answer."""
        ended = self.bench().ask(older(schema, self.asked.request))
        if ended.error == InvalidRequest.__name__ or not ended.is_named:
            return f"a request of {owner} {minor} ended with: {ended}"
        replies = dict(minors(owner, self.stage.reply.__name__))
        if not ended.error and minor in replies and not fits(replies[minor], ended.answer):
            return f"a reader of {owner} {minor} cannot read the answer"
        return None

    def check_strike(self, strike: Strike) -> str | None:
        """A fault in the first run; whoever asked asks again, and again when all is quiet."""
        bench = self.bench()
        runs = bench.ask_until_answered(self.asked.request, strike)
        if wrong := self._check_named(runs):
            return f"{strike}: {wrong}"
        told = self._same(bench, self.first, runs[-1], *self.of_time)
        again = bench.ask(self.asked.request)
        wrong = told or self._same(bench, runs[-1], again, tables=self.of_time[1])
        return f"{strike}: {wrong}" if wrong else None

    def _same(
        self,
        bench: Bench,
        first: Ended,
        now: Ended,
        answers: frozenset[Path] = frozenset(),
        tables: frozenset[Path] = frozenset(),
    ) -> str | None:
        """Returns the first fault in an answer, or in the tables after it."""
        if first.error != now.error or first.died != now.died:
            return f"was {first}, is {now}"
        if changed := difference(first.answer, now.answer, answers):
            return f"the answer {changed}"
        changed = difference(self.kept, bench.tables, tables)
        return f"what is kept {changed}" if changed else None

    def _check_named(self, runs: tuple[Ended, ...]) -> str | None:
        return next((f"no contract names {run}" for run in runs if not run.is_named), None)
