"""Who players are: a Cognito user pool, and the one client the game uses."""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk import aws_cognito as cognito

from infra.constructs.acknowledged import acknowledge
from infra.constructs.service_stack import ServiceStack

TOKEN_LIFE = Duration.hours(1)
SESSION_LIFE = Duration.days(30)


class PlayerPool(cognito.UserPool):
    """Players sign up by e-mail and may add a second factor. `client` has no secret: it lives in browsers."""

    def __init__(self, stack: ServiceStack) -> None:
        super().__init__(
            stack,
            "PlayerPool",
            self_sign_up_enabled=True,
            sign_in_aliases=cognito.SignInAliases(username=True, email=True),
            auto_verify=cognito.AutoVerifiedAttrs(email=True),
            sign_in_case_sensitive=False,
            account_recovery=cognito.AccountRecovery.EMAIL_ONLY,
            mfa=cognito.Mfa.OPTIONAL,
            mfa_second_factor=cognito.MfaSecondFactor(sms=False, otp=True),
            password_policy=cognito.PasswordPolicy(
                min_length=12, require_digits=True, require_lowercase=True, require_uppercase=True, require_symbols=True
            ),
            deletion_protection=stack.deployment.durable,
            removal_policy=stack.deployment.removal,
        )
        self.client = self.add_client(
            "Game",
            generate_secret=False,
            auth_flows=cognito.AuthFlow(
                user_srp=True,
                # On a laptop a script logs in; in AWS a password never leaves the browser.
                user_password=not stack.deployment.durable,
                admin_user_password=not stack.deployment.durable,
            ),
            disable_o_auth=True,
            prevent_user_existence_errors=True,
            access_token_validity=TOKEN_LIFE,
            id_token_validity=TOKEN_LIFE,
            refresh_token_validity=SESSION_LIFE,
        )
        stack.publish("user-pool-id", self.user_pool_id)
        stack.publish("user-pool-client-id", self.client.user_pool_client_id)
        acknowledge(
            self,
            "AwsSolutions::AwsSolutions-COG2",
            "A game: a second factor is offered to players and not forced on them.",
        )
        acknowledge(
            self,
            "AwsSolutions::AwsSolutions-COG8",
            "The Plus tier is billed per player and month; sign-in is throttled by Cognito, the API by its stage.",
        )
