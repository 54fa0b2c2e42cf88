"""`python -m tests.conformance`: the table of what each handler of some services survives."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.conformance.consumers import ConsumerTrial
from tests.conformance.corpus import cases, messages
from tests.conformance.stages import StageTrial
from tests.conformance.subjects import Stage, Subject, subjects_of
from tests.conformance.verdicts import Findings
from tests.simulation.simulation import laboratory

MESSAGES = 12


def conform(subject: Subject, most: int) -> Findings:
    """Returns the findings for a handler: a stage under so many requests, a consumer under faults at so many places."""
    findings = Findings(subject.name)
    if isinstance(subject, Stage):
        for asked in cases(subject, most):
            StageTrial(subject, asked).try_all(findings)
    else:
        found, world = messages(subject, MESSAGES * most)
        ConsumerTrial(subject, found, world, most).try_all(findings)
    return findings


def conform_service(service: str, most: int) -> Iterator[Findings]:
    """Yields the findings for each stage and consumer of a service."""
    for subject in subjects_of(service):
        yield conform(subject, most)


def main() -> int:
    parser = argparse.ArgumentParser(prog="ninelives conform")
    parser.add_argument("services", nargs="+", help="Folders: services/NAME.")
    parser.add_argument("--cases", type=int, default=2, help="Requests of each stage, places of each consumer.")
    asked = parser.parse_args()
    broken = 0
    with laboratory():
        for folder in asked.services:
            for findings in conform_service(Path(folder).name, asked.cases):
                print(*findings, sep="\n", flush=True)
                broken += len(findings.broken)
    print(f"{broken} properties are broken." if broken else "All properties held.")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
