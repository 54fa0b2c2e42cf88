"""A Lambda function of a service with all that production asks of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.constructs.acknowledged import acknowledge
from infra.constructs.alarms import alarm
from infra.constructs.service_stack import ServiceStack

SLOW = 0.8  # of the timeout: a p99 there soon becomes timeouts
RUNTIME = lambda_.Runtime.PYTHON_3_13
LIVE = "live"
SNAPSHOT = lambda_.SnapStartConf.ON_PUBLISHED_VERSIONS


class ServiceFunction(Construct):
    """The handler `services/<service>/handlers/<name>.py`.

    arm64, a role of its own that may write its logs and nothing else, a log group that forgets, JSON logs. Where the
    deployment is watched closely it has alarms on errors, throttles and p99 duration, where it is traced it writes
    traces. Its ARN is published as `fn/<name>`. What it may do beyond is said here, by `may` and its like: what the CDK
    would grant by itself, more than AWS needs, does not reach the role.

    Call it by `entry`. Where the deployment does not start cold and somebody waits for it (`awaited`), that is an alias
    of its newest version, which begins from a snapshot or of which one is kept running; older versions go, because a
    snapshot is paid for while it is there.
    """

    def __init__(
        self,
        stack: ServiceStack,
        name: str,
        *,
        purpose: str,
        timeout_seconds: int = 6,
        memory_mb: int = 512,
        environment: Mapping[str, str] | None = None,
        awaited: bool = True,
    ) -> None:
        super().__init__(stack, f"fn-{name}")
        self.name = name.replace("_", "-")
        self.timeout_seconds = timeout_seconds
        deployment, function_name = stack.deployment, stack.deployment.name(stack.service, name)
        log_group = logs.LogGroup(
            self,
            "Logs",
            log_group_name=f"/aws/lambda/{function_name}",
            retention=deployment.log_retention,
            removal_policy=deployment.named_removal,
        )
        self.role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        log_group.grant_write(self.role)
        self.function = lambda_.Function(
            self,
            "Function",
            function_name=function_name,
            description=purpose,
            runtime=RUNTIME,
            architecture=lambda_.Architecture.ARM_64,
            code=stack.code,
            handler=f"services.{stack.service}.handlers.{name}.handler",
            role=self.role.without_policy_updates(),
            timeout=Duration.seconds(timeout_seconds),
            memory_size=memory_mb,
            log_group=log_group,
            logging_format=lambda_.LoggingFormat.JSON,
            application_log_level_v2=lambda_.ApplicationLogLevel.INFO,
            system_log_level_v2=lambda_.SystemLogLevel.INFO,
            tracing=lambda_.Tracing.ACTIVE if deployment.traces else None,
            environment={
                "ENVIRONMENT": deployment.environment,
                "POWERTOOLS_SERVICE_NAME": stack.service,
                "POWERTOOLS_METRICS_NAMESPACE": "NineLives",
                "LOG_LEVEL": deployment.log_level,
                **(environment or {}),
            },
            snap_start=SNAPSHOT if awaited and deployment.starts == "snapstart" else None,
            current_version_options=lambda_.VersionOptions(removal_policy=RemovalPolicy.DESTROY),
        )
        self.entry = self._entry(deployment.starts) if awaited else self.function
        stack.publish(f"fn/{name}", self.entry.function_arn)
        if deployment.traces:
            self.may(["xray:PutTraceSegments", "xray:PutTelemetryRecords"], "*")
        if deployment.watched_closely:
            self._alarms(stack)
        self._acknowledge(deployment.traces)

    def _entry(self, starts: str) -> lambda_.IFunction:
        if starts == "cold":
            return self.function
        kept = 1 if starts == "provisioned" else None
        version = self.function.current_version
        return lambda_.Alias(self, "Live", alias_name=LIVE, version=version, provisioned_concurrent_executions=kept)

    def may(self, actions: Sequence[str], *resources: str) -> None:
        """Allow exactly these actions on exactly these ARNs."""
        self.role.add_to_policy(iam.PolicyStatement(actions=list(actions), resources=list(resources)))

    def may_through(self, profile: str, actions: Sequence[str], *resources: str) -> None:
        """Allow these actions on these ARNs where a call comes through this inference profile of Bedrock."""
        only = {"StringEquals": {"bedrock:InferenceProfileArn": profile}}
        self.role.add_to_policy(iam.PolicyStatement(actions=list(actions), resources=list(resources), conditions=only))

    def may_be_fed_by_queue(self, queue_arn: str) -> None:
        """Let Lambda read this queue for it, as AWSLambdaSQSQueueExecutionRole would."""
        self.may(["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], queue_arn)

    def may_be_fed_by_stream(self, stream_arn: str) -> None:
        """Let Lambda read this stream for it, as AWSLambdaDynamoDBExecutionRole would."""
        self.may(["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"], stream_arn)
        self.may(["dynamodb:ListStreams"], "*")

    def updated_after(self, *readers: ServiceFunction) -> None:
        """Deploy it after those who read what it writes: they know a new form before there is anything in it."""
        self.function.node.add_dependency(*(reader.function for reader in readers))

    def set(self, name: str, value: str) -> None:
        """Add an environment variable."""
        self.function.add_environment(name, value)

    def announces(self, stack: ServiceStack) -> None:
        """Let it put events on the platform's bus, whose name it finds in EVENT_BUS_NAME."""
        self.may(["events:PutEvents"], stack.bus.event_bus_arn)
        self.set("EVENT_BUS_NAME", stack.bus.event_bus_name)

    def invokes(self, function_arn: str, variable: str) -> None:
        """Let it call one function of another service, whose ARN it finds in `variable`."""
        self.may(["lambda:InvokeFunction"], function_arn)
        self.set(variable, function_arn)

    def _alarms(self, stack: ServiceStack) -> None:
        period = Duration.minutes(5)
        alarm(
            stack,
            f"{self.name}-errors",
            self.function.metric_errors(period=period, statistic="Sum"),
            at_least=5,
            because=f"{self.name} failed five times in five minutes. Its log group has the errors.",
            runbook="function-errors",
        )
        alarm(
            stack,
            f"{self.name}-throttles",
            self.function.metric_throttles(period=period, statistic="Sum"),
            at_least=1,
            because=f"{self.name} was throttled: the account's Lambda concurrency is used up.",
            runbook="function-throttles",
        )
        alarm(
            stack,
            f"{self.name}-p99",
            self.function.metric_duration(period=period, statistic="p99"),
            at_least=self.timeout_seconds * 1000 * SLOW,
            periods=2,
            because=f"{self.name} comes close to its timeout of {self.timeout_seconds} s.",
            runbook="function-slow",
        )

    def _acknowledge(self, traces: bool) -> None:
        if traces:
            acknowledge(
                self.role,
                "AwsSolutions::AwsSolutions-IAM5[Resource::*]",
                "xray:PutTraceSegments and xray:PutTelemetryRecords cannot be limited to a resource.",
            )
        else:
            acknowledge(
                self.function, "Serverless::Serverless-LambdaTracing", "An option: a trace costs more than a turn."
            )
        acknowledge(
            self.function,
            "Serverless::Serverless-LambdaDLQ",
            "The workflow, the API, a queue or a stream calls it and keeps what failed; of exports their player hears.",
        )
        for rule in ("AwsSolutions::AwsSolutions-L1", "Serverless::Serverless-LambdaLatestVersion"):
            acknowledge(
                self.function, rule, "The version that the code is tested on and its bytecode is built for, on purpose."
            )
