"""The few shapes of widget the dashboard is made of. The page is 24 columns wide."""

from __future__ import annotations

from collections.abc import Sequence

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch

WIDTH, HEIGHT = 24, 6
MONTH = Duration.days(30)


def graph(
    title: str,
    left: Sequence[cloudwatch.IMetric],
    right: Sequence[cloudwatch.IMetric] = (),
    *,
    columns: int = 8,
    line: tuple[float, str] | None = None,
    stacked: bool = False,
) -> cloudwatch.GraphWidget:
    """Lines over time; counts start at zero. `line` draws a limit with its meaning."""
    limit = [cloudwatch.HorizontalAnnotation(value=line[0], label=line[1])] if line else []
    return cloudwatch.GraphWidget(
        title=title,
        left=list(left),
        right=list(right),
        left_annotations=limit,
        left_y_axis=cloudwatch.YAxisProps(min=0, show_units=False),
        right_y_axis=cloudwatch.YAxisProps(min=0, show_units=False),
        stacked=stacked,
        width=columns,
        height=HEIGHT,
    )


def month_so_far(title: str, metric: cloudwatch.IMetric, *, columns: int) -> cloudwatch.SingleValueWidget:
    """One number over the last 30 days, whatever the page shows."""
    return cloudwatch.SingleValueWidget(
        title=title,
        metrics=[metric],
        start="-P30D",
        set_period_to_time_range=True,
        width=columns,
        height=4,
    )


def heading(text: str) -> cloudwatch.TextWidget:
    return cloudwatch.TextWidget(
        markdown=text, width=WIDTH, height=1, background=cloudwatch.TextWidgetBackground.TRANSPARENT
    )
