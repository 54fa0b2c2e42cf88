"""The proof about an erased player, part by part: what was committed is all there, and nothing of it is private."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from infra.environment import Environment
from ninelives.analytics.export.asked import Asked
from ninelives.analytics.export.exporting import ExportAccess, export
from ninelives.analytics.export.workplace import Workplace
from ninelives.ops.audit.deployed import verifier_of
from ninelives.ops.replay.rebuild import Rebuild, Timing, replays_of
from ninelives.ops.replay.rebuild_claim import running, this_process
from ninelives.ops.replay.rebuild_tables import Projection
from ninelives.privacy.findings import Checked
from ninelives.privacy.marks import Marks, spellings
from ninelives.privacy.searching import check_account, check_archives, check_logs, check_queues, check_tables

LAG = timedelta(seconds=60)
PATIENCE = 3600.0
Part = Callable[[], Checked]


def parts(environment: Environment, player: str, marks: Marks) -> Iterator[tuple[str, Part]]:
    """The parts of the proof by what is being done. Each changes nothing of what is played: the rebuild fills the spare
    table, the export a queue of its own."""
    clock = Timing(lambda: datetime.now(UTC), time.sleep)
    yield "Verifying the record", lambda: check_record(environment)
    yield "Rebuilding the lists of campaigns beside the live ones", lambda: check_lists(environment, clock)
    yield "Exporting the archive", lambda: check_export(environment, marks, datetime.now(UTC))
    yield "Searching the tables", lambda: check_tables(environment, marks)
    yield "Searching the exports of players", lambda: check_archives(environment, player, marks)
    yield "Searching the queues", lambda: check_queues(environment, marks)
    yield "Searching the logs", lambda: check_logs(environment, marks)
    yield "Looking for the account", lambda: check_account(environment, player)


def check_record(environment: Environment) -> Checked:
    """Every committed fact is in the audit's record, once, as it was said, and in the chain of its stream."""
    verifier = verifier_of(environment, LAG, {})
    faults = [str(fault) for fault in verifier.begin()]
    for name in sorted(verifier.names):
        faults += [str(fault) for fault in verifier.check(name).faults]
    return Checked("record", f"{verifier.tally.streams} streams, {verifier.tally.facts:,} facts", tuple(faults))


def check_lists(environment: Environment, clock: Timing) -> Checked:
    """The lists of campaigns, built anew from the archive, are those that are live. Raises UserError while somebody
    else rebuilds them."""
    rebuild = Rebuild(environment, Projection(environment), replays_of(environment), clock)
    rebuild.claim(this_process(), running)
    try:
        rebuild.start()
        for _ in rebuild.wait(PATIENCE):
            pass
        lost = sum(one.lost for one in rebuild.fill())
        found = rebuild.compare()
    finally:
        rebuild.give_up()
    faults = [f"{one.campaign_id}: {what}" for one in found.differences for what in one.what]
    faults += [f"{lost} events are in no outbox"] * bool(lost)
    return Checked("lists", f"{found.compared} campaigns, rebuilt", tuple(faults))


def check_export(environment: Environment, marks: Marks, now: datetime) -> Checked:
    """A new export of the whole archive up to now, searched row by row, and deleted."""
    with TemporaryDirectory() as folder:
        place = Workplace(Path(folder) / "export")
        asked = Asked.of(environment.name, None, None, (), ())
        with place.hold():
            made = export(ExportAccess.of(environment), asked, place, now, lambda progress, tally: None)
        faults = tuple(search_parquet(place.out, marks))
    return Checked("export", f"{made.manifest['events']:,} events, {len(made.manifest['files'])} files", faults)


def search_parquet(folder: Path, marks: Marks) -> Iterator[str]:
    """The rows of files that hold a mark."""
    import duckdb

    with duckdb.connect() as database:
        for file in sorted(folder.rglob("*.parquet")):
            for number, value in enumerate(marks.values, 1):
                holds = " OR ".join(["contains(lower(row_as_text), ?)"] * len(spellings(value)))
                rows = "SELECT CAST(each AS VARCHAR) AS row_as_text FROM read_parquet(?) AS each"
                asked = [str(file), *spellings(value)]
                counted = database.execute(f"SELECT count(*) FROM ({rows}) WHERE {holds}", asked).fetchone()
                if counted and counted[0]:
                    yield f"mark {number} in {counted[0]} rows of {file.relative_to(folder).as_posix()}"
