"""Steps of a turn: how each one's idempotency key ends, and how often the turn's loop may go round.

The key of a step is `<turn id>/<step>`. A step may name its position: `STEPS.tool.format(round=0, index=1)`.
`steps.json` is data, so that the workflow, which imports nothing of the product, is composed from the same file.
"""

from pathlib import Path

from pydantic import BaseModel, ConfigDict

__all__ = ["MOST_REPAIRS", "MOST_ROUNDS", "STEPS", "StepKeys", "TurnBounds", "is_world_step"]


class StepKeys(BaseModel):
    """The end of each step's key. A word in braces is filled in by whoever takes the step."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    accept: str
    open: str
    lore: str
    lore_settled: str
    lore_moved: str
    recall: str
    dm: str
    check: str
    judge: str
    check_judged: str
    tool: str
    settle: str
    world: str
    settle_world: str
    persist: str
    format: str
    void: str
    fail: str


class TurnBounds(BaseModel):
    """Rounds of tools in a turn, and repairs of one reply."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    rounds: int
    repairs: int


class _Steps(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    keys: StepKeys
    bounds: TurnBounds


_STEPS = _Steps.model_validate_json(Path(__file__).with_name("steps.json").read_text(encoding="utf-8"))
STEPS = _STEPS.keys
MOST_ROUNDS, MOST_REPAIRS = _STEPS.bounds.rounds, _STEPS.bounds.repairs


def is_world_step(key: str) -> bool:
    """Whether a key is of what the world did, and not of what the game master asked for."""
    return f"/{STEPS.world.partition('{')[0]}" in key
