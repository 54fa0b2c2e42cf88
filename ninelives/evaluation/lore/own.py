"""Questions to the city, as players would ask them: written and labelled before any ranker was asked one.

Two fifths, chosen by hash, are test: nobody who works on retrieval reads what goes wrong there, only its rates.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

from ninelives.evaluation.lore.collection import Collection, read_questions
from ninelives.evaluation.lore.measuring import CONTESTANTS, Found, find
from services.lore.domain.documents import library
from services.lore.wiring import world

FOLDER = Path(__file__).parents[1] / "corpus" / "lore"
QUESTIONS, GRADES, RATES = FOLDER / "queries.jsonl", FOLDER / "qrels.tsv", FOLDER / "rates.json"
SPLITS = ("dev", "test")
Rates = dict[str, dict[str, Found]]
"""By split and ranker."""


@cache
def own_collection() -> Collection:
    """Every document of the pack that ships, whoever may read it."""
    entries = tuple(document.entry for document in library(world()).documents)
    return Collection(entries, read_questions(QUESTIONS, GRADES, frozenset(entry.id for entry in entries)))


def part(split: str) -> Collection:
    whole = own_collection()
    return replace(whole, questions=tuple(each for each in whole.questions if split_of(each.id) == split))


def split_of(id: str) -> str:
    return "test" if int(sha256(id.encode()).hexdigest(), 16) % 5 < 2 else "dev"


def measure_own() -> Rates:
    rankers = {name: make(own_collection().entries) for name, make in CONTESTANTS.items()}
    parts = {split: part(split) for split in SPLITS}
    return {
        split: {name: find(ranker, each.entries, each.questions) for name, ranker in rankers.items()}
        for split, each in parts.items()
    }


@dataclass(frozen=True)
class Published:
    """The rates that docs/retrieval.md tells, the day they were measured on, and the labels they were measured with."""

    day: date
    labels: str
    rates: Rates


def read_published() -> Published:
    written = json.loads(RATES.read_text(encoding="utf-8"))
    rates = {split: {name: Found(**found) for name, found in each.items()} for split, each in written["rates"].items()}
    return Published(date.fromisoformat(written["day"]), written["labels"], rates)


def publish(rates: Rates, day: date) -> None:
    """Write rates down as the published ones, rounded down so that they can be held to."""
    plain = {
        split: {
            name: {"ndcg": _down(found.ndcg), "recall": _down(found.recall), "questions": found.questions}
            for name, found in each.items()
        }
        for split, each in rates.items()
    }
    told = {"day": day.isoformat(), "labels": digest_labels(), "rates": plain}
    RATES.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def digest_labels() -> str:
    """Of questions and grades: whoever changes one has measured something else."""
    return sha256(QUESTIONS.read_bytes() + GRADES.read_bytes()).hexdigest()


def _down(rate: float) -> float:
    return int(rate * 10_000) / 10_000
