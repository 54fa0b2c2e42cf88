"""The bill of playing: rehearsed turns, scaled to a thousand and priced."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.errors import UserError
from infra.local.home import REPOSITORY
from ninelives.analytics.cost.assumptions import Assumptions
from ninelives.analytics.cost.models import (
    MODELS,
    READERS,
    usd_of_judging,
    usd_of_judging_stage,
    usd_of_tokens,
    usd_of_waiting,
)
from ninelives.analytics.cost.prices import PriceTable
from ninelives.analytics.cost.prompts import PromptSize
from ninelives.analytics.cost.tally import CostTally

PER = 1000
WITHIN = 1800.0  # seconds


@dataclass(frozen=True)
class Played:
    """Rehearsed turns. `tally` and `kept_bytes` are for a thousand of them, the rest is as it was measured."""

    turns: int
    tally: CostTally
    kept_bytes: dict[str, float]
    metrics: tuple[tuple[str, ...], ...]
    prompts: tuple[PromptSize, ...]
    calls_per_turn: dict[str, float]
    computed_ms: dict[str, float]
    took: tuple[Mapping[str, Any], ...]

    @property
    def model_calls(self) -> float:
        """Calls to a game master per turn."""
        return len(self.prompts) / self.turns


def rehearse(turns: int, *, plain: bool = False, assembly: Path | None = None) -> Played:
    """Rehearse turns in a process of their own. Raises UserError."""
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "report.json"
        command = [sys.executable, "-m", "ninelives.analytics.cost.rehearsal", "--turns", str(turns), "--out", str(out)]
        command += ["--plain"] if plain else []
        command += ["--assembly", str(assembly)] if assembly else []
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "NINELIVES_"))}
        done = subprocess.run(
            command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=WITHIN, check=False
        )
        if done.returncode:
            raise UserError((done.stderr.strip().splitlines() or ["no output"])[-1])
        return _read(json.loads(out.read_text()))


def _read(report: dict[str, Any]) -> Played:
    turns = report["turns"]
    return Played(
        turns=turns,
        tally=CostTally.of(report["tally"]).scale(PER / turns),
        kept_bytes={service: size * PER / turns for service, size in report["kept_bytes"].items() if size},
        metrics=tuple(map(tuple, report["metrics"])),
        prompts=tuple(PromptSize(**each) for each in report["prompts"]),
        calls_per_turn={name: calls / turns for name, calls in report["calls"].items()},
        computed_ms=report["computed_ms"],
        took=tuple(report["took"]),
    )


def with_models(played: Played, prices: PriceTable, assumptions: Assumptions) -> dict[str, tuple[float, float]]:
    """The USD that each model adds to a thousand turns: tokens, and waiting for it."""
    scale = PER / played.turns
    waiting = usd_of_waiting(played.model_calls * PER, prices, assumptions)
    return {
        name: (usd_of_tokens(played.prompts, played.turns, model, assumptions) * scale, waiting)
        for name, model in MODELS.items()
    }


def with_readers(played: Played, prices: PriceTable, assumptions: Assumptions) -> dict[str, tuple[float, float]]:
    """The USD that each second reader adds to a thousand turns: tokens, and its stage."""
    stage = usd_of_judging_stage(PER, prices, assumptions)
    return {name: (usd_of_judging(played.prompts, PER, model, assumptions), stage) for name, model in READERS.items()}
