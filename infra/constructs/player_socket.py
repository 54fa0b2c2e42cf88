"""The line to players who are connected: a WebSocket API in front of one function."""

from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_apigatewayv2 as apigw
from aws_cdk import aws_apigatewayv2_integrations as integrations
from constructs import Construct

from infra.constructs.acknowledged import acknowledge
from infra.constructs.service_function import ServiceFunction
from infra.constructs.service_stack import ServiceStack

STAGE = "live"
RATE_PER_SECOND, BURST = 100, 200
ENDPOINT = "WEBSOCKET_ENDPOINT"


class PlayerSocket(Construct):
    """Connections, disconnections and every message go to `answer`.

    Nothing is written down about access: the ticket travels in the query string, and API Gateway logs a WebSocket
    stage only with a role that the whole account shares. What fails is in the function's log, without the event.
    """

    def __init__(self, stack: ServiceStack, answer: ServiceFunction) -> None:
        super().__init__(stack, "player-socket")
        self.api = apigw.WebSocketApi(
            self,
            "Api",
            api_name=stack.deployment.name("player-socket"),
            description="Nine Lives live events.",
            route_selection_expression="$request.body.type",
            connect_route_options=self._to(answer, "Connect"),
            disconnect_route_options=self._to(answer, "Disconnect"),
            default_route_options=self._to(answer, "Message"),
        )
        apigw.WebSocketStage(
            self,
            "Stage",
            web_socket_api=self.api,
            stage_name=STAGE,
            auto_deploy=True,
            throttle=apigw.ThrottleSettings(rate_limit=RATE_PER_SECOND, burst_limit=BURST),
        )
        self._endpoint = self._management(stack)
        stack.publish("ws-api-id", self.api.api_id)
        stack.publish("ws-stage", STAGE)
        self._acknowledge()

    def leads(self, function: ServiceFunction) -> None:
        """Tell it where the socket is."""
        function.set(ENDPOINT, self._endpoint)

    def speaks(self, function: ServiceFunction) -> None:
        """Let it send to connections of this stage, and nothing else."""
        self._manages(function, "POST")

    def closes(self, function: ServiceFunction) -> None:
        """Let it end connections of this stage."""
        self._manages(function, "DELETE")

    def _manages(self, function: ServiceFunction, method: str) -> None:
        self.leads(function)
        stack = cdk.Stack.of(self)
        connections = stack.format_arn(
            service="execute-api", resource=self.api.api_id, resource_name=f"{STAGE}/{method}/@connections/*"
        )
        function.may(["execute-api:ManageConnections"], connections)
        acknowledge(
            function.role,
            f"AwsSolutions::AwsSolutions-IAM5[Resource::{self._as_nag_says(method)}]",
            "A connection has no name before somebody connects.",
        )

    def _to(self, answer: ServiceFunction, name: str) -> apigw.WebSocketRouteOptions:
        return apigw.WebSocketRouteOptions(integration=integrations.WebSocketLambdaIntegration(name, answer.entry))

    def _management(self, stack: ServiceStack) -> str:
        """The stage's address. On a local cloud a path, for it is all behind the one address its functions know."""
        if stack.deployment.target == "local":
            return f"/_aws/execute-api/{self.api.api_id}/{STAGE}"
        return f"https://{self.api.api_id}.execute-api.{stack.region}.{stack.url_suffix}/{STAGE}"

    def _as_nag_says(self, method: str) -> str:
        stack = cdk.Stack.of(self)
        declared = self.api.node.default_child
        assert isinstance(declared, cdk.CfnElement)
        name = stack.get_logical_id(declared)
        api = f"arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<{name}>"
        return f"{api}/{STAGE}/{method}/@connections/*"

    def _acknowledge(self) -> None:
        for declared in self.node.find_all():
            if isinstance(declared, apigw.CfnRoute):
                acknowledge(
                    declared,
                    "AwsSolutions::AwsSolutions-APIG4",
                    "Connecting takes a ticket, which the function redeems; nothing else comes without a connection.",
                )
            if isinstance(declared, apigw.CfnStage):
                for rule in ("AwsSolutions::AwsSolutions-APIG1", "Serverless::Serverless-APIGWAccessLogging"):
                    acknowledge(declared, rule, "Needs a role of the whole account; tickets are in the query string.")
