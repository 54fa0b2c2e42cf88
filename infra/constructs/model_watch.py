"""Alarms on the model behind the game master: when players get the understudy instead, and when it costs too much."""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch

from infra.constructs.alarms import alarm
from infra.constructs.deployment import Deployment
from infra.constructs.measured import RESOLVED, metric_of
from infra.constructs.service_stack import ServiceStack
from infra.errors import UserError
from infra.game_master import PRICES, is_priced

FEWEST_TURNS = 10
"""Turns in half an hour below which the understudy's share says nothing about the model."""
MOST = 50  # per cent
HALF_AN_HOUR = Duration.minutes(30)


def watch_model(stack: ServiceStack) -> list[cloudwatch.Alarm]:
    """The alarms. Where the understudy is the game master there is no model to miss and none to pay.

    The CDK context `model_spend_alarm` is what the models may cost in an hour, in micro-dollars; 0 or absent is no
    alarm. Raises UserError when it is no number, and when a model has no list price: its cost counts as nothing.
    """
    if stack.deployment.dm_provider == "understudy":
        return []
    share = alarm(
        stack,
        "understudy-share",
        _understudy_share(stack.deployment),
        at_least=MOST,
        because="Half of the turns are told by the understudy: the model is throttled, away, or not understood.",
        runbook="model-away",
    )
    limit, models = _limit(stack), _models(stack.deployment)
    if not (limit and models):
        return [share]
    _require_prices(*models, stack.deployment.dm_judge_model)
    spend = alarm(
        stack,
        "model-spend",
        _spending(stack.deployment, models),
        at_least=limit,
        because=f"The models cost over ${limit / 1e6:,.2f} in an hour.",
        runbook="model-spend",
    )
    return [share, spend]


def _understudy_share(deployment: Deployment) -> cloudwatch.MathExpression:
    figures = {"told": "TurnsByUnderstudy", "all": "TurnsResolved"}
    return cloudwatch.MathExpression(
        expression=f"IF(all >= {FEWEST_TURNS}, 100 * FILL(told, 0) / all, 0)",
        using_metrics={
            key: metric_of(deployment, "metrics", name, RESOLVED, period=HALF_AN_HOUR) for key, name in figures.items()
        },
        period=HALF_AN_HOUR,
        label="% of turns told by the understudy",
    )


def _spending(deployment: Deployment, models: list[str]) -> cloudwatch.MathExpression:
    hour = Duration.hours(1)
    spent = {
        f"m{number}": metric_of(deployment, "metrics", "MicroDollars", {"model": model}, period=hour)
        for number, model in enumerate(models)
    }
    total = " + ".join(f"FILL({key}, 0)" for key in spent)
    return cloudwatch.MathExpression(expression=total, using_metrics=spent, period=hour, label="micro-dollars")


def _models(deployment: Deployment) -> list[str]:
    """The second reader's money is counted with the model's whose story it reads."""
    return list(dict.fromkeys(model for model in (deployment.dm_model, deployment.dm_cheap_model) if model))


def _require_prices(*models: str) -> None:
    if unpriced := [model for model in models if model and not is_priced(model)]:
        raise UserError(
            f"model_spend_alarm is set and {' and '.join(unpriced)} has no list price: it would never be raised. "
            f"Name another model, add its price to {PRICES}, or set no alarm."
        )


def _limit(stack: ServiceStack) -> int:
    value = stack.node.try_get_context("model_spend_alarm") or 0
    if not str(value).isdigit():
        raise UserError(f"model_spend_alarm is {value!r}: use whole micro-dollars an hour, 0 for no alarm.")
    return int(value)
