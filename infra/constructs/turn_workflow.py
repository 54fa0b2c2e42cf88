"""The workflow that plays a turn: an Express state machine over the functions of six services."""

from __future__ import annotations

from collections.abc import Mapping

from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

from infra.constructs.acknowledged import acknowledge
from infra.constructs.alarms import alarm
from infra.constructs.service_stack import ServiceStack
from infra.turn_limits import TurnLimits
from infra.workflows.generate import DEFINITION, render


class TurnWorkflow(Construct):
    """The definition generated from `infra/workflows/turn.py`, with `${<Task>Arn}` filled in from `tasks`.

    It may invoke exactly those functions. What players write and the dice's seed pass through it, so its log has
    every state and none of their data.
    """

    def __init__(self, stack: ServiceStack, tasks: Mapping[str, str]) -> None:
        super().__init__(stack, "turn-workflow")
        name = stack.deployment.name("turn")
        log_group = logs.LogGroup(
            self,
            "Log",
            log_group_name=f"/aws/vendedlogs/states/{name}",
            retention=stack.deployment.log_retention,
            removal_policy=stack.deployment.named_removal,
        )
        role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("states.amazonaws.com"))
        role.add_to_policy(iam.PolicyStatement(actions=["lambda:InvokeFunction"], resources=sorted(tasks.values())))
        self.machine = sfn.StateMachine(
            self,
            "StateMachine",
            state_machine_name=name,
            state_machine_type=sfn.StateMachineType.EXPRESS,
            definition_body=_definition(stack.deployment.turn_limits),
            definition_substitutions={f"{task}Arn": arn for task, arn in tasks.items()},
            role=role,
            tracing_enabled=stack.deployment.traces,
            logs=sfn.LogOptions(destination=log_group, level=sfn.LogLevel.ALL, include_execution_data=False),
        )
        stack.publish("state-machine-arn", self.machine.state_machine_arn)
        if stack.deployment.watched_closely:
            self._alarms(stack)
        acknowledge(
            role,
            "AwsSolutions::AwsSolutions-IAM5[Resource::*]",
            "Log delivery and X-Ray sampling, which the service asks of every logged and traced workflow, "
            "cannot be limited to a resource.",
        )
        if not stack.deployment.traces:
            for rule in ("AwsSolutions::AwsSolutions-SF2", "Serverless::Serverless-StepFunctionStateMachineXray"):
                acknowledge(self.machine, rule, "An option: a trace costs more than a turn.")

    def _alarms(self, stack: ServiceStack) -> None:
        period = Duration.minutes(5)
        for what, metric in {
            "failed": self.machine.metric_failed(period=period),
            "timed-out": self.machine.metric_timed_out(period=period),
            "throttled": self.machine.metric_throttled(period=period),
        }.items():
            alarm(
                stack,
                f"turn-{what}",
                metric,
                at_least=1,
                because=f"A turn's workflow {what.replace('-', ' ')}: its deadline will close the turn as failed.",
                runbook="turn-workflow",
            )


def _definition(limits: TurnLimits) -> sfn.DefinitionBody:
    """The committed file, or for limits of one's own what it would hold with them."""
    if limits == TurnLimits():
        return sfn.DefinitionBody.from_file(str(DEFINITION))
    return sfn.DefinitionBody.from_string(render(limits))
