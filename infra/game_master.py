"""Which game masters can be deployed: refuses, before anything is built, one that could not answer or not be counted.

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
"""What stories may hold, strictest first."""
USUAL_CONTENT = "teen"
PRICES = "services/dm/adapters/model_prices.json"


@dataclass(frozen=True)
class MasterChoice:
    """What an operator asked for. `limited`: a spending limit is set."""

    provider: str
    model: str = ""
    cheap_model: str = ""
    limited: bool = False
    openai_base_url: str = ""
    judge: str = "off"
    judge_model: str = ""
    openai_api_key_parameter: str = ""
    guardrail: str = ""


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
    reader = asked.judge_model if asked.judge != "off" else ""
    unpriced = [model for model in (asked.model, asked.cheap_model, reader) if model and not is_priced(model)]
    if asked.limited and unpriced:
        raise UserError(
            f"A spending limit is set and {' and '.join(unpriced)} has no list price: "
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
