"""The whole record, checked stream by stream.

Held in memory: the names of the streams, one stream without its texts, and 16 bytes for every fact whose id does not
name its place. (An id that does cannot be in two places without its check telling so.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b

from ninelives.ops.audit.checking import Expected, faults_of, head_of, missing
from ninelives.ops.audit.faults import Fault, FaultTally
from ninelives.ops.audit.owners import Owner
from ninelives.ops.audit.record import Record, Stream, flaw_of, is_progress
from ninelives.ops.audit.specification import first_step_not_allowed
from services.audit.domain.chain import Head, chain_of


@dataclass(frozen=True)
class Verified:
    """The faults found in a stream, and the head where its chain ends."""

    faults: tuple[Fault, ...]
    head: Head | None


@dataclass
class Verifier:
    """First `begin`, which finds the streams; then `check` each of `names`."""

    record: Record
    owners: Mapping[str, Owner]
    now: Callable[[], datetime]
    lag: timedelta = timedelta(seconds=60)
    saved: Mapping[str, Head] = field(default_factory=dict)
    tally: FaultTally = field(default_factory=FaultTally)
    names: set[str] = field(default_factory=set)
    _opaque: set[bytes] = field(default_factory=set, repr=False)

    def begin(self) -> Iterator[Fault]:
        """Find every stream: of the record, the owners, and the saved heads. Tells what is wrong with progress."""
        prefix = chain_of("")
        for item in self.record.everything():
            if is_progress(item):
                yield from self._progress(item)
            else:
                self.names.add(item["pk"].removeprefix(prefix))
        for kind, owner in self.owners.items():
            self.names.update(f"{kind}/{campaign_id}" for campaign_id in owner.campaigns())
        self.names.update(self.saved)

    def begin_with(self, campaign_id: str) -> Iterator[Fault]:
        """Find the streams of one campaign, and its progress by the turns that its facts tell of."""
        self.names.update(f"{kind}/{campaign_id}" for kind in self.owners)
        facts = (fact for name in sorted(self.names) for fact in self.record.stream(name).facts.values())
        steps = {campaign_id, *(fact.turn_id for fact in facts if fact.turn_id)}
        for step in sorted(steps):
            for item in self.record.progress(step):
                yield from self._progress(item)

    def check(self, name: str) -> Verified:
        """Check one stream. A fault is told only if a second look finds it, too: facts are recorded all the time."""
        stream, young, faults = self._look(name)
        if faults:
            stream, young, again = self._look(name)
            faults = [fault for fault in again if fault in faults]
        faults += self._elsewhere(stream)
        self.tally.streams += bool(stream.last)
        self.tally.facts += len(stream.facts)
        self.tally.on_their_way += len(young)
        return Verified(tuple(map(self._tally_fault, faults)), head_of(stream))

    def replay(self, campaign_id: str) -> Iterator[Fault]:
        """The first step of a campaign that the specification of the turn does not allow; young facts are left out."""
        until = self.now() - self.lag
        story, admissions = f"campaign/{campaign_id}", f"turns/{campaign_id}"
        if wrong := first_step_not_allowed(
            self.record.facts_before(story, until), self.record.facts_before(admissions, until)
        ):
            yield self._tally_fault(Fault(campaign_id, "step", wrong))

    def _look(self, name: str) -> tuple[Stream, frozenset[int], list[Fault]]:
        """The stream, what is missing of it but young, and its faults."""
        stream = self.record.stream(name)
        committed, absent = self._absent(stream)
        expected = Expected(committed, absent | self._young(stream), self.saved.get(name))
        return stream, absent, list(faults_of(stream, expected))

    def _absent(self, stream: Stream) -> tuple[int | None, frozenset[int]]:
        """The number of facts the owner has committed, if there is one to ask, and the young ones that are not here
        yet."""
        kind, _, campaign_id = stream.name.partition("/")
        owner = self.owners.get(kind)
        if owner is None:
            return None, frozenset()
        committed = owner.count_committed(campaign_id) or 0
        absent = missing(stream, committed)
        moments = owner.moments(stream.name, absent[0], absent[-1]) if absent else {}
        return committed, frozenset(n for n in absent if n in moments and self._is_young(moments[n]))

    def _elsewhere(self, stream: Stream) -> Iterator[Fault]:
        """Ids that were met in another stream."""
        here = {
            blake2b(fact.event_id.encode(), digest_size=16).digest(): (n, fact.event_id)
            for n, fact in stream.facts.items()
            if "/" not in fact.event_id
        }
        for known in here.keys() & self._opaque:
            n, event_id = here[known]
            yield Fault(stream.name, "duplicate", f"{n} has the id of a fact in another stream, {event_id}")
        self._opaque |= here.keys()

    def _progress(self, item: dict[str, str]) -> Iterator[Fault]:
        self.tally.progress += 1
        if flaw := flaw_of(item):
            yield self._tally_fault(Fault(item["pk"], "alteration", f"{item['sk']} {flaw}"))

    def _young(self, stream: Stream) -> frozenset[int]:
        return frozenset(n for n, fact in stream.facts.items() if self._is_young(fact.occurred_at))

    def _is_young(self, moment: datetime) -> bool:
        return self.now() - moment < self.lag

    def _tally_fault(self, fault: Fault) -> Fault:
        self.tally.add(fault)
        return fault
