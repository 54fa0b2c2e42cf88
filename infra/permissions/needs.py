"""Calls that AWS makes with a role by itself: no function makes them, and no local cloud needs leave for them.

* Lambda writes a function's log: docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html
* Lambda reads a function's queue (AWSLambdaSQSQueueExecutionRole) or stream (AWSLambdaDynamoDBExecutionRole), and
  says where a batch that failed for good was: docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
* Lambda and Step Functions send traces, where tracing is on: docs.aws.amazon.com/lambda/latest/dg/services-xray.html
* Step Functions calls a workflow's functions, and delivers its log:
  docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html#cloudwatch-iam-policy
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from infra.permissions.resolving import References, Template
from infra.permissions.roles import FUNCTION, WORKFLOW, holder_of
from infra.workflows.generate import DEFINITION

MAPPING = "AWS::Lambda::EventSourceMapping"
LOG = ("logs:CreateLogStream", "logs:PutLogEvents")
READ_QUEUE = ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")
READ_STREAM = ("dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator")
DELIVER_LOG = (
    "logs:CreateLogDelivery",
    "logs:GetLogDelivery",
    "logs:UpdateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:DescribeResourcePolicies",
    "logs:DescribeLogGroups",
)
TRACE = ("xray:PutTraceSegments", "xray:PutTelemetryRecords")
SAMPLE = ("xray:GetSamplingRules", "xray:GetSamplingTargets")
ANY = "*"
"""The resource of actions that have none."""


class Need(NamedTuple):
    """A permission that a role must give, and its purpose."""

    holder: str
    action: str
    resource: str
    purpose: str

    def __str__(self) -> str:
        return f"{self.holder} needs {self.action} on {self.resource}: {self.purpose}"


def needs(templates: Mapping[str, Template]) -> set[Need]:
    references = References(templates)
    return {*_of_functions(references), *_of_mappings(references, templates), *_of_workflows(references)}


def _of_functions(references: References) -> Iterator[Need]:
    for service, _, properties in references.all(FUNCTION):
        holder = holder_of(properties)
        group = references.resolve(service, properties["LoggingConfig"]["LogGroup"])
        for action in LOG:
            yield Need(holder, action, f"arn:aws:logs:::log-group:{group}:log-stream:any", "Lambda writes its log")
        if properties.get("TracingConfig", {}).get("Mode") == "Active":
            for action in TRACE:
                yield Need(holder, action, ANY, "Lambda sends its traces")


def _of_mappings(references: References, templates: Mapping[str, Template]) -> Iterator[Need]:
    for service, _, properties in references.all(MAPPING):
        function = templates[service]["Resources"][properties["FunctionName"]["Ref"]]
        holder, source = holder_of(function["Properties"]), references.resolve(service, properties["EventSourceArn"])
        if ":sqs:" in source:
            for action in READ_QUEUE:
                yield Need(holder, action, source, "Lambda reads its queue")
        else:
            for action in READ_STREAM:
                yield Need(holder, action, source, "Lambda reads its stream")
            yield Need(holder, "dynamodb:ListStreams", ANY, "Lambda reads its stream")
        failed = properties.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination")
        if failed:
            where = references.resolve(service, failed)
            yield Need(holder, "sqs:SendMessage", where, "Lambda says which batch failed for good")


def _of_workflows(references: References) -> Iterator[Need]:
    for service, _, properties in references.all(WORKFLOW):
        holder = f"{service}/turn-workflow"
        for function in _find_called(properties["DefinitionSubstitutions"]):
            arn = references.resolve(service, function)
            yield Need(holder, "lambda:InvokeFunction", arn, "Step Functions calls its functions")
        for action in DELIVER_LOG if "LoggingConfiguration" in properties else ():
            yield Need(holder, action, ANY, "Step Functions delivers its log")
        for action in (*TRACE, *SAMPLE) if properties["TracingConfiguration"]["Enabled"] else ():
            yield Need(holder, action, ANY, "Step Functions sends its traces")


def _find_called(substitutions: Mapping[str, Any]) -> list[Any]:
    """The values that stand for the functions that the definition calls."""
    used = set(re.findall(r"\$\{(\w+)\}", DEFINITION.read_text(encoding="utf-8")))
    return [value for name, value in substitutions.items() if name in used]
