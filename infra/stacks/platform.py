"""Resources that all services share: the bus, its archive, and where alarms go."""

from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

from infra.constructs.acknowledged import acknowledge
from infra.constructs.deployment import Deployment
from infra.constructs.service_stack import ServiceStack


class PlatformStack(ServiceStack):
    """The event bus with its archive, and the alarm topic."""

    service = "platform"

    def __init__(self, scope: Construct, deployment: Deployment) -> None:
        super().__init__(scope, deployment)
        self._bus()
        self._alarm_topic()

    def _bus(self) -> None:
        name = self.deployment.name()
        bus = events.EventBus(self, "EventBus", event_bus_name=name, description="Facts and progress of all campaigns.")
        bus.apply_removal_policy(self.deployment.named_removal)
        # Kept for ever: projections are rebuilt from it. The empty prefix is every source there is.
        archive = bus.archive(
            "Archive",
            archive_name=name,
            description="Every event that was ever on the bus.",
            event_pattern=events.EventPattern(source=events.Match.prefix("")),
        )
        archive.apply_removal_policy(self.deployment.named_removal)
        self.publish("bus-name", bus.event_bus_name)
        self.publish("archive-name", archive.archive_name)

    def _alarm_topic(self) -> None:
        topic = sns.Topic(self, "AlarmTopic", display_name="Nine Lives alarms", enforce_ssl=True)
        topic.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AlarmsOfThisAccount",
                principals=[iam.ServicePrincipal("cloudwatch.amazonaws.com")],
                actions=["sns:Publish"],
                resources=[topic.topic_arn],
                conditions={"StringEquals": {"aws:SourceAccount": cdk.Aws.ACCOUNT_ID}},
            )
        )
        if self.deployment.alarm_email:
            mailed = topic.add_subscription(subscriptions.EmailSubscription(self.deployment.alarm_email))
            reason = "Mail has no dead letters: what is not delivered is in the alarms' own history."
            acknowledge(mailed, "Serverless::Serverless-SNSRedrivePolicy", reason)
        self.publish("alarm-topic-arn", topic.topic_arn)
