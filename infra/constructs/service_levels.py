"""The promises to players as service level objectives, and the alarms on how fast their error budgets burn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from infra.constructs.alarms import describe_alarm
from infra.constructs.burn_rates import BURN_RATES, FEWEST, BurnRate, Severity, budget_expression, burn_expression
from infra.constructs.deployment import Deployment
from infra.constructs.measured import ANSWERED, FAILED, RESOLVED, metric_of
from infra.constructs.service_stack import ServiceStack

SEVERITIES: tuple[Severity, ...] = ("page", "ticket")


@dataclass(frozen=True)
class CountedEvents:
    """A count that our code emits."""

    service: str
    name: str
    dimension: dict[str, str]


@dataclass(frozen=True)
class ServiceLevel:
    """A share of events (`objective`) that must be good over 30 days.

    `bad` counts the others; `beside` counts the good ones, or all of them when `beside_is_all`.
    """

    name: str
    says: str
    broken: str
    objective: float
    bad: CountedEvents
    beside: CountedEvents
    runbook: str
    beside_is_all: bool = False
    pages: bool = True
    """Whether somebody is woken for it where the deployment is not watched closely."""

    @property
    def total(self) -> str:
        """All events, as metric math over `bad` and `beside`."""
        return "FILL(beside, 0)" if self.beside_is_all else "FILL(bad, 0) + FILL(beside, 0)"


PROJECT = {"operation": "project"}
SERVICE_LEVELS = (
    ServiceLevel(
        "turns-resolve",
        "99.5 % of accepted turns resolve",
        "Players' turns fail",
        0.995,
        CountedEvents("metrics", "TurnsFailed", FAILED),
        CountedEvents("metrics", "TurnsResolved", RESOLVED),
        "turns-fail",
    ),
    ServiceLevel(
        "turns-on-time",
        "95 % of answered turns come within the target",
        "Players wait too long for their answers",
        0.95,
        CountedEvents("metrics", "TurnsLate", ANSWERED),
        CountedEvents("metrics", "TurnsWithinTarget", ANSWERED),
        "turns-late",
    ),
    ServiceLevel(
        "lists-current",
        "99 % of events are in the lists within 10 seconds",
        "Players' lists of campaigns lag behind their stories",
        0.99,
        CountedEvents("campaign", "EventsProjectedLate", PROJECT),
        CountedEvents("campaign", "EventsProjected", PROJECT),
        "projection-late",
        beside_is_all=True,
        pages=False,
    ),
)


class ServiceLevels(Construct):
    """For each promise one alarm that pages and one that makes a ticket, each over its pairs of windows.

    The windows' own alarms tell nobody: only both of a pair together do, through the composite alarm. A deployment that
    is not watched closely has the long windows alone, of the fastest rate and of the slowest. They are raised no later
    by that; they end later, when the trouble has left the window.
    """

    def __init__(self, stack: ServiceStack) -> None:
        super().__init__(stack, "service-levels")
        self._stack = stack
        self.alarms = list(self._pairs() if stack.deployment.watched_closely else self._long_windows())

    def _pairs(self) -> Iterator[cloudwatch.IAlarm]:
        yield from (self._alarm(level, severity) for level in SERVICE_LEVELS for severity in SEVERITIES)

    def _long_windows(self) -> Iterator[cloudwatch.IAlarm]:
        yield from (self._alone(level, rate) for level in SERVICE_LEVELS for rate in _fewest_rates(level))

    def _alarm(self, level: ServiceLevel, severity: Severity) -> cloudwatch.CompositeAlarm:
        rates = [rate for rate in BURN_RATES if rate.severity == severity]
        pairs = [cloudwatch.AlarmRule.all_of(*self._both(level, rate)) for rate in rates]
        raised = cloudwatch.CompositeAlarm(
            self,
            f"{level.name}-{severity}",
            composite_alarm_name=self._stack.deployment.name("operations", level.name, severity),
            alarm_description=describe_alarm(
                self._stack,
                f"{level.broken}: the error budget of the promise that {level.says} is spent {_fast(rates)} too fast.",
                level.runbook,
            ),
            alarm_rule=cloudwatch.AlarmRule.any_of(*pairs),
        )
        raised.add_alarm_action(self._stack.alarm_action)
        return raised

    def _both(self, level: ServiceLevel, rate: BurnRate) -> Iterator[cloudwatch.Alarm]:
        for minutes, fewest in ((rate.long, FEWEST), (rate.short, 1)):
            because = (
                f"One window of {level.name}: over {minutes} minutes its budget is spent over {rate.times:g} times "
                "too fast. Tells nobody by itself."
            )
            yield self._window(f"{level.name}-{rate.times:g}x-{minutes}m", level, rate, minutes, fewest, because)

    def _alone(self, level: ServiceLevel, rate: BurnRate) -> cloudwatch.Alarm:
        hours = rate.long // 60
        because = (
            f"{level.broken}: the error budget of the promise that {level.says} is spent {_fast([rate])} too fast."
        )
        raised = self._window(f"{level.name}-{hours}h-{rate.severity}", level, rate, rate.long, FEWEST, because)
        raised.add_alarm_action(self._stack.alarm_action)
        return raised

    def _window(
        self, name: str, level: ServiceLevel, rate: BurnRate, minutes: int, fewest: int, because: str
    ) -> cloudwatch.Alarm:
        return cloudwatch.Alarm(
            self,
            name,
            alarm_name=self._stack.deployment.name("operations", name.replace(".", "-")),
            alarm_description=describe_alarm(self._stack, because, level.runbook),
            metric=burn_metric(self._stack.deployment, level, Duration.minutes(minutes), fewest),
            threshold=rate.times,
            evaluation_periods=1,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
        )


def _fewest_rates(level: ServiceLevel) -> list[BurnRate]:
    """The rate that pages soonest, if the promise pages, and the one of the ticket."""
    fastest = {severity: next(rate for rate in BURN_RATES if rate.severity == severity) for severity in SEVERITIES}
    return [fastest["page"], fastest["ticket"]] if level.pages else [fastest["ticket"]]


def burn_metric(
    deployment: Deployment, level: ServiceLevel, window: Duration, fewest: int = 1
) -> cloudwatch.MathExpression:
    """The burn rate of the budget of `level`, over windows of this length."""
    return _math(deployment, level, burn_expression(level.total, level.objective, fewest=fewest), window, level.name)


def budget_metric(deployment: Deployment, level: ServiceLevel, window: Duration) -> cloudwatch.MathExpression:
    """The budget of `level` that is left, in per cent."""
    return _math(deployment, level, budget_expression(level.total, level.objective), window, "% of the budget left")


def _math(
    deployment: Deployment, level: ServiceLevel, expression: str, window: Duration, label: str
) -> cloudwatch.MathExpression:
    figures = {"bad": level.bad, "beside": level.beside}
    return cloudwatch.MathExpression(
        expression=expression,
        using_metrics={
            key: metric_of(deployment, figure.service, figure.name, figure.dimension, period=window)
            for key, figure in figures.items()
        },
        period=window,
        label=label,
    )


def _fast(rates: list[BurnRate]) -> str:
    return " or ".join(f"{rate.times:g} times (over {rate.long // 60} h)" for rate in rates)
