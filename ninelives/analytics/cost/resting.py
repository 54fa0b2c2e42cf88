"""The bill at rest: what the templates cost in a month in which nobody plays."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ninelives.analytics.cost.assembly import FUNCTION, MAPPING, Assembly, Resource
from ninelives.analytics.cost.assumptions import Assumptions
from ninelives.analytics.cost.tally import CostTally

ALIAS = "AWS::Lambda::Alias"
BY_RESOURCE = {
    "AWS::CloudWatch::CompositeAlarm": "composite-alarm",
    "AWS::CloudWatch::Dashboard": "dashboard",
    "AWS::KMS::Key": "kms-key",
    "AWS::SecretsManager::Secret": "secret",
}
PAID_BY_USE = {
    "AWS::ApiGatewayV2::Api",
    "AWS::CloudFront::Distribution",
    "AWS::Cognito::UserPool",
    "AWS::DynamoDB::Table",
    "AWS::Events::Archive",
    "AWS::Events::EventBus",
    "AWS::Lambda::Function",
    "AWS::Logs::LogGroup",
    "AWS::S3::Bucket",
    "AWS::SNS::Topic",
    "AWS::SQS::Queue",
    "AWS::StepFunctions::StateMachine",
}
"""Cost nothing while nothing passes and nothing is stored."""
FREE = {
    ALIAS,  # what it keeps ready is counted apart
    "AWS::ApiGatewayV2::Authorizer",
    "AWS::ApiGatewayV2::Integration",
    "AWS::ApiGatewayV2::Route",
    "AWS::ApiGatewayV2::Stage",
    "AWS::Bedrock::Guardrail",
    "AWS::Bedrock::GuardrailVersion",
    "AWS::CloudFront::OriginAccessControl",
    "AWS::CloudFront::ResponseHeadersPolicy",
    "AWS::Cognito::UserPoolClient",
    "AWS::Events::Rule",
    "AWS::IAM::Policy",
    "AWS::IAM::Role",
    "AWS::Lambda::Permission",
    "AWS::Lambda::Version",
    "AWS::S3::BucketPolicy",
    "AWS::SNS::Subscription",
    "AWS::SNS::TopicPolicy",
    "AWS::SQS::QueuePolicy",
    "AWS::SSM::Parameter",
}


@dataclass(frozen=True)
class Resting:
    """A month at rest. `unpriced` are kinds of resources that this bill does not know: they must not be overlooked."""

    tally: CostTally
    paid_by_use: Counter[str]
    unpriced: Counter[str]

    def idle(self) -> list[tuple[str, int]]:
        """Kinds of resources that cost nothing at rest, and how many there are."""
        return sorted(self.paid_by_use.items())


def at_rest(assembly: Assembly, assumptions: Assumptions) -> Resting:
    """Count what is charged by the month whether it is used or not."""
    tally, paid_by_use, unpriced = CostTally(), Counter[str](), Counter[str]()
    for resource in assembly.all():
        if resource.type == "AWS::CloudWatch::Alarm":
            tally.add(resource.service, "alarm-metric", _metrics_of(resource))
        elif resource.type == MAPPING:
            if polls := _polls(resource, assumptions):
                tally.add(resource.service, "queue-request", polls)
        elif resource.type in BY_RESOURCE:
            tally.add(resource.service, BY_RESOURCE[resource.type], 1)
        elif resource.type in PAID_BY_USE:
            paid_by_use[resource.type] += 1
        elif resource.type not in FREE:
            unpriced[resource.type] += 1
    for line, seconds in _kept_ready(assembly, assumptions).items():
        tally.add(line[0], line[1], seconds)
    return Resting(tally, paid_by_use, unpriced)


def _kept_ready(assembly: Assembly, assumptions: Assumptions) -> dict[tuple[str, str], float]:
    """The amounts paid for beginnings that are not cold, by service: GB-seconds of snapshots, or of what keeps
    running."""
    functions = {(each.service, each.id): each for each in assembly.all() if each.type == FUNCTION}
    kept: dict[tuple[str, str], float] = {}
    for alias in (each for each in assembly.all() if each.type == ALIAS):
        function = functions[alias.service, alias.properties["FunctionName"]["Ref"]]
        gigabyte_seconds = function.properties["MemorySize"] / 1024 * assumptions.minutes_per_month * 60
        provisioned = alias.properties.get("ProvisionedConcurrencyConfig", {}).get("ProvisionedConcurrentExecutions", 0)
        if provisioned:
            name, amount = "provisioned-gb-second", provisioned * gigabyte_seconds
        else:
            name, amount = "snapshot-gb-second", gigabyte_seconds
        kept[alias.service, name] = kept.get((alias.service, name), 0) + amount
    return kept


def _metrics_of(alarm: Resource) -> int:
    """An alarm is charged by the metrics it looks at; one on metric math looks at several."""
    queries = alarm.properties.get("Metrics", [])
    return max(1, sum("MetricStat" in query for query in queries))


def _polls(mapping: Resource, assumptions: Assumptions) -> float:
    """The requests a month that polling an empty queue makes. Reading a table's stream is free for Lambda, and what is
    switched off reads nothing."""
    source = str(mapping.properties["EventSourceArn"])
    unread = "StreamArn" in source or mapping.properties.get("Enabled") is False
    return 0 if unread else assumptions.idle_polls_per_minute * assumptions.minutes_per_month
