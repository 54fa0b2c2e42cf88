"""The key that manifests of stories are signed with: in KMS, on P-256, for the player API's function alone."""

from __future__ import annotations

from aws_cdk import aws_kms as kms

from infra.constructs.service_function import ServiceFunction
from infra.constructs.service_stack import ServiceStack


class ManifestKey(kms.Key):
    """A dollar a month whether it is used or not. It outlives its stack: what it signed stays verifiable."""

    def __init__(self, stack: ServiceStack) -> None:
        super().__init__(
            stack,
            "story-key",
            description="Signs who told the sentences of stories.",
            key_spec=kms.KeySpec.ECC_NIST_P256,
            key_usage=kms.KeyUsage.SIGN_VERIFY,
            removal_policy=stack.deployment.removal,
        )

    def signs_for(self, function: ServiceFunction) -> None:
        """Let this function sign and tell the public key; it finds the key in STORY_KEY_ARN."""
        function.may(["kms:GetPublicKey", "kms:Sign"], self.key_arn)
        function.set("STORY_KEY_ARN", self.key_arn)
