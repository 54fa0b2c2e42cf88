"""The one dashboard: the promises first, then the game, then the machine it runs on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import aws_cdk as cdk
from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from infra.constructs import dashboard_game as game
from infra.constructs import dashboard_machine as machine
from infra.constructs.dashboard_widgets import MONTH, month_so_far
from infra.constructs.service_levels import SERVICE_LEVELS, ServiceLevels, budget_metric
from infra.constructs.service_stack import ServiceStack
from infra.constructs.watched_alarms import watched_alarms

Row = list[cloudwatch.IWidget]


class Dashboard(Construct):
    """`ninelives-<environment>`: what a team keeps open.

    It knows other services by the names their metrics and alarms carry, so it is deployed alone like any of them.
    `more` are alarms to show beside theirs.
    """

    def __init__(self, stack: ServiceStack, levels: ServiceLevels, more: Sequence[cloudwatch.IAlarm]) -> None:
        super().__init__(stack, "dashboard")
        self._stack = stack
        deployment = stack.deployment
        rows = [
            *self._promises(levels, more),
            *game.turns(deployment),
            *game.latency(deployment),
            *game.model(deployment),
            *machine.door_and_workflow(stack),
            *machine.events(deployment),
            *machine.tables_and_functions(deployment),
            *machine.latest_errors(deployment),
        ]
        self.dashboard = cloudwatch.Dashboard(
            self,
            "Dashboard",
            dashboard_name=deployment.name(),
            default_interval=Duration.hours(6),
            period_override=cloudwatch.PeriodOverride.INHERIT,
            widgets=rows,
        )

    def _promises(self, levels: ServiceLevels, more: Sequence[cloudwatch.IAlarm]) -> Iterator[Row]:
        yield [
            cloudwatch.AlarmStatusWidget(
                title="Promises: which budget burns too fast", alarms=list(levels.alarms), width=9, height=4
            ),
            *(
                month_so_far(
                    f"{level.says}: budget left of 30 days",
                    budget_metric(self._stack.deployment, level, MONTH),
                    columns=5,
                )
                for level in SERVICE_LEVELS
            ),
        ]
        yield [
            cloudwatch.AlarmStatusWidget(
                title="Alarms: what is red has a runbook in its description",
                alarms=[*more, *self._list_watched()],
                sort_by=cloudwatch.AlarmStatusWidgetSortBy.STATE_UPDATED_TIMESTAMP,
                width=24,
                height=6,
            )
        ]

    def _list_watched(self) -> Iterator[cloudwatch.IAlarm]:
        for service, name in watched_alarms():
            yield cloudwatch.Alarm.from_alarm_arn(
                self,
                f"{service}-{name}",
                cdk.Stack.of(self).format_arn(
                    service="cloudwatch",
                    resource="alarm",
                    resource_name=self._stack.deployment.name(service, name),
                    arn_format=cdk.ArnFormat.COLON_RESOURCE_NAME,
                ),
            )
