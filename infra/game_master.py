"""Deployable game masters: one that could not answer or not be counted is refused before anything is built.

A spending limit counts what replies cost by list price. Prices are data of the dm service and read from its source:
a model without one would spend without end, so the service asks it nothing while a limit is set.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from infra.errors import UserError

REPOSITORY = Path(__file__).resolve().parents[1]
PROVIDERS = ("understudy", "bedrock", "openai")
JUDGES = ("off", "shadow", "gate")
"""Whether a second reader is asked about what the rules cannot read, and whether what it says counts."""
CONTENT_LEVELS = ("family", "teen", "mature")
"""Levels of what stories may hold, strictest first."""
USUAL_CONTENT = "teen"
PRICES = "services/dm/adapters/model_prices.json"
USUAL_DAY_BUDGET, USUAL_DAY_TOKENS = 20_000_000, 10_000_000
"""The budget of a deployment in AWS for models in a day where nobody says otherwise: micro-dollars where they have a
price, else tokens."""
USUAL_PLAYER_SHARE = 10
"""One player's share of that in AWS, or that of all guests of one household together: percent."""


@dataclass(frozen=True)
class MasterChoice:
    """The game master that an operator asked for. `limited`: a spending limit is set."""

    provider: str
    model: str = ""
    cheap_model: str = ""
    limited: bool = False
    openai_base_url: str = ""
    judge: str = "off"
    judge_model: str = ""
    openai_api_key_parameter: str = ""
    guardrail: str = ""

    @property
    def models(self) -> tuple[str, ...]:
        """All that are asked."""
        if self.provider == "understudy":
            return ()
        reader = self.judge_model if self.judge != "off" else ""
        return tuple(model for model in (self.model, self.cheap_model, reader) if model)

    @property
    def unpriced(self) -> tuple[str, ...]:
        """Models without a list price."""
        return tuple(model for model in self.models if not is_priced(model))


@dataclass(frozen=True)
class DayBudget:
    """The budget of a deployment for models in a day, in micro-dollars and in tokens; 0 is no limit. One player may
    have `player_percent` of it."""

    micro_dollars: int = 0
    tokens: int = 0
    player_percent: int = 100

    @property
    def is_set(self) -> bool:
        return bool(self.micro_dollars or self.tokens)

    @property
    def shares(self) -> dict[str, int]:
        """The settings of a function for one player's share: nothing where it is all."""
        if not self.is_set or self.player_percent == 100:
            return {}
        limits = {"DAY_SHARE_MICRO_DOLLARS": self.micro_dollars, "DAY_SHARE_TOKENS": self.tokens}
        return {name: max(1, limit * self.player_percent // 100) for name, limit in limits.items() if limit}


def choose_day_budget(
    asked: MasterChoice, micro_dollars: int | None, tokens: int | None, percent: int | None = None, *, usual: bool
) -> DayBudget:
    """The budget that was asked for; None: nobody said anything. Where nobody said anything of either, the `usual` one,
    if models are paid for, and the usual share of a player. Raises UserError for a limit in money that nothing would
    count against, and for a share that is none."""
    if percent is not None and percent > 100:
        raise UserError(
            f"NINELIVES_DM_PLAYER_SHARE (context dm_player_share) is {percent}: use percent, 0 for no limit."
        )
    if not asked.models:
        return DayBudget()
    if micro_dollars and asked.unpriced:
        raise UserError(
            f"NINELIVES_DM_DAY_BUDGET (context dm_day_budget) is set and {' and '.join(asked.unpriced)} has no list "
            f"price: nothing would count. Set NINELIVES_DM_DAY_TOKENS (context dm_day_tokens), or add its price to "
            f"{PRICES}."
        )
    percent = (USUAL_PLAYER_SHARE if usual else 0) if percent is None else percent
    if usual and micro_dollars is None and tokens is None:
        micro_dollars, tokens = (0, USUAL_DAY_TOKENS) if asked.unpriced else (USUAL_DAY_BUDGET, 0)
    return DayBudget(micro_dollars or 0, tokens or 0, percent or 100) if micro_dollars or tokens else DayBudget()


def require_usable(asked: MasterChoice) -> None:
    """Raises UserError, in one line that says what to set, for a game master or a second reader of which nothing would
    come."""
    _require_judge(asked)
    _require_key(asked)
    _require_guardrail(asked)
    if asked.provider == "understudy":
        return
    if not asked.model:
        raise UserError(
            f"The game master is {asked.provider} and no model is named: "
            "set NINELIVES_DM_MODEL (context dm_model) to a model id or inference profile."
        )
    if asked.provider == "openai" and not asked.openai_base_url:
        raise UserError(
            "The game master is openai and has no address: "
            "set OPENAI_BASE_URL (context openai_base_url), like http://127.0.0.1:11434/v1."
        )
    if asked.limited and asked.unpriced:
        raise UserError(
            f"A spending limit is set and {' and '.join(asked.unpriced)} has no list price: "
            f"nothing would count. Name another model, add its price to {PRICES}, or set no limit."
        )


def _require_key(asked: MasterChoice) -> None:
    parameter, said = asked.openai_api_key_parameter, "OPENAI_API_KEY_PARAMETER (context openai_api_key_parameter)"
    if not parameter:
        return
    if not re.fullmatch(r"(/[A-Za-z0-9_.-]+)+", parameter):
        raise UserError(
            f"{said} is {parameter!r}: name a parameter of Parameter Store, like /ninelives/prod/model-key."
        )
    if asked.provider != "openai":
        raise UserError(f"{said} is set and the game master is {asked.provider}, which takes no key: leave it out.")
    if not re.match(r"https://|http://(127\.0\.0\.1|localhost)[:/]", asked.openai_base_url):
        raise UserError(f"{said} is set and {asked.openai_base_url} would get the key in the clear: use https.")


def _require_guardrail(asked: MasterChoice) -> None:
    said = "NINELIVES_DM_GUARDRAIL (context dm_guardrail)"
    if asked.guardrail and not re.fullmatch(r"[a-z0-9]{1,64}:([1-9][0-9]{0,7}|DRAFT)|made", asked.guardrail):
        raise UserError(f"{said} is {asked.guardrail!r}: use id:version of a guardrail of this account, or made.")
    if asked.guardrail and asked.provider != "bedrock":
        raise UserError(f"{said} is set and the game master is {asked.provider}: only bedrock has guardrails.")


def _require_judge(asked: MasterChoice) -> None:
    if asked.judge not in JUDGES:
        raise UserError(f"NINELIVES_DM_JUDGE (context dm_judge) is {asked.judge!r}: use one of {', '.join(JUDGES)}.")
    if asked.judge == "off":
        return
    if asked.provider == "understudy":
        raise UserError(
            f"NINELIVES_DM_JUDGE (context dm_judge) is {asked.judge} and the game master is the understudy, whose "
            "stories nobody has to judge: set NINELIVES_DM (context dm_provider) to bedrock or openai, or judge off."
        )
    if not asked.judge_model:
        raise UserError(
            f"NINELIVES_DM_JUDGE (context dm_judge) is {asked.judge} and no second reader is named: "
            "set NINELIVES_DM_JUDGE_MODEL (context dm_judge_model) to a cheap model."
        )


def is_priced(model: str) -> bool:
    """Whether the name of a model with a list price is part of this id or ARN."""
    return any(name in model for name in _priced_names())


@cache
def _priced_names() -> tuple[str, ...]:
    return tuple(json.loads((REPOSITORY / PRICES).read_text(encoding="utf-8")))
