"""The pool of players: a Cognito user pool, and the one client the game uses."""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk import aws_cognito as cognito

from infra.constructs.acknowledged import acknowledge
from infra.constructs.service_function import ServiceFunction
from infra.constructs.service_stack import ServiceStack

TOKEN_LIFE = Duration.minutes(15)
SESSION_LIFE = Duration.days(30)
RECEPTION = (
    "cognito-idp:AdminCreateUser",
    "cognito-idp:AdminInitiateAuth",
    "cognito-idp:AdminSetUserPassword",
    "cognito-idp:AdminUpdateUserAttributes",
    "cognito-idp:AdminUserGlobalSignOut",
)
"""Calls that need a permission. Those that players make with a token or a code of their own, Cognito allows by that."""
FAREWELL = ("cognito-idp:AdminDeleteUser",)


class PlayerPool(cognito.UserPool):
    """Players come in by the API only: its function `accounts` makes guests and turns them into accounts.

    Nobody else can sign anybody up or in: passwords are taken from callers with AWS permissions alone. A player's own
    token reaches Cognito, too: it may write a nickname, which nobody reads, and no e-mail, for Cognito would mail to it
    past every limit of ours. Which e-mail signs in whom is the gateway's to know, for an unverified one is no alias.
    Only a verified one gets a code for a lost password. The plan is the cheapest: a guest is a user who is paid for.
    """

    def __init__(self, stack: ServiceStack) -> None:
        super().__init__(
            stack,
            "PlayerPool",
            self_sign_up_enabled=False,
            sign_in_aliases=cognito.SignInAliases(username=True, email=True),
            auto_verify=cognito.AutoVerifiedAttrs(email=True),
            sign_in_case_sensitive=False,
            account_recovery=cognito.AccountRecovery.EMAIL_ONLY,
            mfa=cognito.Mfa.OFF,
            feature_plan=cognito.FeaturePlan.LITE,
            password_policy=cognito.PasswordPolicy(
                min_length=12, require_digits=True, require_lowercase=True, require_uppercase=True, require_symbols=True
            ),
            deletion_protection=stack.deployment.durable,
            removal_policy=stack.deployment.removal,
        )
        self.client = self.add_client(
            "Game",
            generate_secret=False,
            auth_flows=cognito.AuthFlow(admin_user_password=True),
            disable_o_auth=True,
            prevent_user_existence_errors=True,
            enable_token_revocation=True,
            access_token_validity=TOKEN_LIFE,
            id_token_validity=TOKEN_LIFE,
            refresh_token_validity=SESSION_LIFE,
            write_attributes=cognito.ClientAttributes().with_standard_attributes(nickname=True),
        )
        self._mails_from(stack)
        stack.publish("user-pool-id", self.user_pool_id)
        stack.publish("user-pool-client-id", self.client.user_pool_client_id)
        acknowledge(
            self,
            "AwsSolutions::AwsSolutions-COG2",
            "The API has no step that asks for a second factor: whoever set one up could never come in again.",
        )
        acknowledge(
            self,
            "AwsSolutions::AwsSolutions-COG8",
            "The Plus tier is billed per player and month; sign-in is throttled by Cognito, the API by its stage.",
        )

    def _mails_from(self, stack: ServiceStack) -> None:
        deployment = stack.deployment
        if not deployment.mail_from:
            return
        declared = self.node.default_child
        assert isinstance(declared, cognito.CfnUserPool)
        declared.email_configuration = cognito.CfnUserPool.EmailConfigurationProperty(
            email_sending_account="DEVELOPER",
            from_=f"Nine Lives <{deployment.mail_from}>",
            source_arn=stack.format_arn(service="ses", resource="identity", resource_name=deployment.mail_identity),
        )

    def receives(self, accounts: ServiceFunction) -> None:
        """Let `accounts` make players, set their passwords and e-mails, sign them in and out: of this pool alone."""
        accounts.may(RECEPTION, self.user_pool_arn)
        accounts.set("USER_POOL_ID", self.user_pool_id)
        accounts.set("USER_POOL_CLIENT_ID", self.client.user_pool_client_id)

    def lets_go(self, erase: ServiceFunction) -> None:
        """Let `erase` delete players, and nothing else."""
        erase.may(FAREWELL, self.user_pool_arn)
        erase.set("USER_POOL_ID", self.user_pool_id)
