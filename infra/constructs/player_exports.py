"""Exports of what is held about a player, as an archive of their own: the worker that makes it, a bucket that
forgets."""

from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import Duration
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.constructs.acknowledged import acknowledge
from infra.constructs.player_pool import PlayerPool
from infra.constructs.service_function import ServiceFunction
from infra.constructs.service_stack import ServiceStack

TIMEOUT_SECONDS = 120
"""Lambda tries three times, and waits one minute, then two: what is not there by then has failed, and says so."""
KEPT = Duration.days(1)


class PlayerExports(Construct):
    """The function `export` and its bucket.

    It is invoked asynchronously and has neither a queue nor dead letters, which are paid for while nobody asks: what
    could not be made is told to its player, who asks again.
    """

    def __init__(self, stack: ServiceStack) -> None:
        super().__init__(stack, "player-exports")
        self._stack = stack
        self.bucket = self._bucket()
        stack.publish("bucket", self.bucket.bucket_name)
        self.worker = ServiceFunction(
            stack,
            "export",
            purpose="Makes archives of what is held about a player.",
            timeout_seconds=TIMEOUT_SECONDS,
            awaited=False,
        )
        self._opens(self.worker, "PutObject", "DeleteObject")

    def takes_orders_of(self, api: ServiceFunction) -> None:
        """Let it invoke the worker, and sign links to what is ready: a link may do what its signer may."""
        api.invokes(self.worker.function.function_arn, "EXPORT_FUNCTION")
        self._opens(api, "GetObject")

    def forgets(self, erase: ServiceFunction) -> None:
        """Let it delete archives."""
        self._opens(erase, "DeleteObject")

    def knows(self, players: PlayerPool) -> None:
        """Let the worker read the e-mail of a player: it can sign nobody in."""
        self.worker.may(["cognito-idp:AdminGetUser"], players.user_pool_arn)
        self.worker.set("USER_POOL_ID", players.user_pool_id)

    def _opens(self, function: ServiceFunction, *actions: str) -> None:
        function.may([f"s3:{action}" for action in actions], self.bucket.arn_for_objects("*"))
        function.set("EXPORTS_BUCKET", self.bucket.bucket_name)
        declared = self.bucket.node.default_child
        assert isinstance(declared, cdk.CfnElement)
        every = f"<{self._stack.get_logical_id(declared)}.Arn>/*"
        reason = "An archive is named after an export that nobody has asked for yet."
        acknowledge(function.role, f"AwsSolutions::AwsSolutions-IAM5[Resource::{every}]", reason)

    def _bucket(self) -> s3.Bucket:
        deployment = self._stack.deployment
        bucket = s3.Bucket(
            self,
            "Archives",
            bucket_name=None if deployment.durable else deployment.name("exports"),  # names are global in AWS
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=True,
            lifecycle_rules=[s3.LifecycleRule(expiration=KEPT)],
            removal_policy=deployment.named_removal,
        )
        acknowledge(
            bucket,
            "AwsSolutions::AwsSolutions-S1",
            "Who fetched their own data is nobody's business, and a log of it would outlive what was fetched.",
        )
        return bucket
