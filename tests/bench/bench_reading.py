"""Processor time of reading an action: every input of the dev split of the players' corpus, once, in process."""

from __future__ import annotations

from statistics import fmean, quantiles
from time import process_time

from ninelives.evaluation.understanding.situations import setting
from ninelives.evaluation.understanding.wants import inputs
from services.dm.domain.reading import read
from services.dm.domain.reading.phrasing_model import WEIGHTS, weights
from tests.bench.conftest import Report


def bench_reading(report: Report) -> None:
    entries = [(entry.text, setting(entry.situation)) for entry in inputs() if not entry.is_test]
    started = process_time()
    weights.cache_clear()
    weights()
    loaded = process_time() - started
    took = []
    for text, there in entries:
        started = process_time()
        read(text, there.scene, there.lore.briefing, there.history)
        took.append((process_time() - started) * 1000)

    report.table(
        "reading",
        "Reading what a player typed, milliseconds of the processor (the aim: at most 10 a turn)",
        [
            {
                "inputs": len(took),
                "mean": round(fmean(took), 1),
                "p95": round(quantiles(took, n=20)[-1], 1),
                "longest": round(max(took), 1),
                "model, once a worker": round(loaded * 1000, 1),
                "its file, KiB": WEIGHTS.stat().st_size // 1024,
            }
        ],
    )
