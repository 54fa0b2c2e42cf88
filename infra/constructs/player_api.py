"""The player API: an HTTP API in front of two functions."""

from __future__ import annotations

import json

from aws_cdk import Duration
from aws_cdk import aws_apigatewayv2 as apigw
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.constructs.acknowledged import acknowledge
from infra.constructs.alarms import alarm
from infra.constructs.player_pool import PlayerPool
from infra.constructs.service_function import ServiceFunction
from infra.constructs.service_stack import ServiceStack

ERASURES = "/v1/erasures/{erasure_id}"
PUBLIC = ("/v1/health", "/v1/world", "/v1/.well-known/jwks.json")
COME_IN = (
    "/v1/guests",
    "/v1/sessions",
    "/v1/sessions/revocation",
    "/v1/password-resets",
    "/v1/password-resets/confirmation",
)
ACCOUNT = ("/v1/account", "/v1/account/verification", "/v1/account/verification-codes")
METHODS = (
    apigw.HttpMethod.GET,
    apigw.HttpMethod.POST,
    apigw.HttpMethod.PUT,
    apigw.HttpMethod.PATCH,
    apigw.HttpMethod.DELETE,
)
RATE_PER_SECOND, BURST = 100, 200
PLAYED = "POST /{proxy+}"
"""The route of turns. It has a throttle to itself, so that nobody who reads without pause takes it from who plays."""
COME_IN_PER_SECOND, COME_IN_BURST = 10, 20
ASKED_HEADERS = ["authorization", "content-type", "idempotency-key", "prefer", "if-none-match", "traceparent"]
ANSWERED_HEADERS = ["location", "etag", "retry-after", "idempotency-replayed", "preference-applied"]
ACCESS_LOG = {
    "request_id": "$context.requestId",
    "requested_at": "$context.requestTime",
    "route": "$context.routeKey",
    "status": "$context.status",
    "milliseconds": "$context.responseLatency",
    "integration_milliseconds": "$context.integrationLatency",
    "integration_error": "$context.integrationErrorMessage",
    "authorizer_error": "$context.authorizer.error",
    "bytes": "$context.responseLength",
}
"""Neither addresses nor players nor paths, which hold ids of campaigns: an access log is read by many."""


class PlayerApi(Construct):
    """Every request goes to `answer`, with a player's token except for the public pages.

    What is about accounts goes to `accounts`; coming in needs no token, and is throttled more tightly for all together.
    Methods are listed, and OPTIONS is not among them: the API itself then answers preflights, which carry no token.
    Unknown paths reach the function as well, so that they get a problem+json like any other error.
    """

    def __init__(
        self, stack: ServiceStack, answer: ServiceFunction, accounts: ServiceFunction, players: PlayerPool
    ) -> None:
        super().__init__(stack, "player-api")
        authorizer = authorizers.HttpUserPoolAuthorizer("Players", players, user_pool_clients=[players.client])
        self.api = apigw.HttpApi(
            self,
            "Api",
            api_name=stack.deployment.name("player"),
            description="Nine Lives player API.",
            create_default_stage=False,
            cors_preflight=self._cors(stack),
        )
        integration = integrations.HttpLambdaIntegration("Answer", answer.entry)
        self._accounts(accounts, authorizer)
        for path in PUBLIC:
            routes = self.api.add_routes(path=path, methods=[apigw.HttpMethod.GET], integration=integration)
            for route in routes:
                acknowledge(
                    route,
                    "AwsSolutions::AwsSolutions-APIG4",
                    "Public: whether we are up, the world, our public keys.",
                )
        self.played = self.api.add_routes(
            path="/{proxy+}", methods=list(METHODS), integration=integration, authorizer=authorizer
        )
        self._stage(stack)
        self._alarms(stack)
        stack.publish("api-id", self.api.api_id)

    def _accounts(self, accounts: ServiceFunction, authorizer: apigw.IHttpRouteAuthorizer) -> None:
        integration = integrations.HttpLambdaIntegration("Accounts", accounts.entry)
        post = [apigw.HttpMethod.POST]
        self.come_in = [
            route for path in COME_IN for route in self.api.add_routes(path=path, methods=post, integration=integration)
        ]
        for route in self.come_in:
            acknowledge(
                route, "AwsSolutions::AwsSolutions-APIG4", "Where players get the token that all else asks for."
            )
        for path in ACCOUNT:
            methods = [*post, apigw.HttpMethod.DELETE] if path == "/v1/account" else post
            self.api.add_routes(path=path, methods=methods, integration=integration, authorizer=authorizer)
        for route in self.api.add_routes(path=ERASURES, methods=[apigw.HttpMethod.GET], integration=integration):
            acknowledge(
                route,
                "AwsSolutions::AwsSolutions-APIG4",
                "Who is being erased has no token: who knows the id may look.",
            )

    def _cors(self, stack: ServiceStack) -> apigw.CorsPreflightOptions | None:
        """Pages of the origins that the deployment names. Without any, browsers keep every other origin out."""
        if not stack.deployment.web_origins:
            return None
        return apigw.CorsPreflightOptions(
            allow_origins=list(stack.deployment.web_origins),
            allow_methods=[
                apigw.CorsHttpMethod.GET,
                apigw.CorsHttpMethod.POST,
                apigw.CorsHttpMethod.DELETE,
            ],
            allow_headers=ASKED_HEADERS,
            expose_headers=ANSWERED_HEADERS,
            max_age=Duration.hours(1),
        )

    def _stage(self, stack: ServiceStack) -> None:
        log_group = logs.LogGroup(
            self,
            "AccessLog",
            log_group_name=f"/aws/vendedlogs/apis/{stack.deployment.name('player')}",
            retention=stack.deployment.log_retention,
            removal_policy=stack.deployment.named_removal,
        )
        stage = apigw.HttpStage(
            self,
            "Stage",
            http_api=self.api,
            stage_name="$default",
            auto_deploy=True,
            throttle=apigw.ThrottleSettings(rate_limit=RATE_PER_SECOND, burst_limit=BURST),
        )
        declared = stage.node.default_child
        assert isinstance(declared, apigw.CfnStage)
        declared.access_log_settings = apigw.CfnStage.AccessLogSettingsProperty(
            destination_arn=log_group.log_group_arn, format=json.dumps(ACCESS_LOG)
        )
        tighter = {
            "ThrottlingRateLimit": COME_IN_PER_SECOND,
            "ThrottlingBurstLimit": COME_IN_BURST,
        }
        usual = {"ThrottlingRateLimit": RATE_PER_SECOND, "ThrottlingBurstLimit": BURST}
        declared.route_settings = {PLAYED: usual, **{f"POST {path}": tighter for path in COME_IN}}
        stage.node.add_dependency(*self.come_in, *self.played)  # settings of a route that is not there yet are refused

    def _alarms(self, stack: ServiceStack) -> None:
        period = Duration.minutes(5)
        alarm(
            stack,
            "player-api-server-errors",
            self.api.metric_server_error(period=period, statistic="Sum"),
            at_least=5,
            because="Players got five server errors in five minutes.",
            runbook="api-errors",
        )
        alarm(
            stack,
            "player-api-p99",
            self.api.metric_latency(period=period, statistic="p99"),
            at_least=27_000,
            periods=2,
            because="Answers come close to the API's limit of 30 s; a request may wait 20 s for its turn.",
            runbook="api-slow",
        )
