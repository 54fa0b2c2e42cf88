"""A CDK app with the seams of the real one: an HTTP API with a health route, a JWT route, published parameters."""

import aws_cdk as cdk
from aws_cdk import aws_apigatewayv2 as gateway
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_events as events
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_ssm as ssm

HANDLER = """
import json, os
def handler(event, context):
    claims = event["requestContext"].get("authorizer", {}).get("jwt", {}).get("claims", {})
    return {"statusCode": 200, "body": json.dumps({"sub": claims.get("sub"), "dm": os.environ["DM"]})}
"""


def publish(stack: cdk.Stack, name: str, value: str) -> None:
    ssm.StringParameter(stack, name, parameter_name=f"/ninelives/local/{name}", string_value=value)


app = cdk.App()
platform = cdk.Stack(app, "tiny-platform")
bus = events.EventBus(platform, "Bus")
archive = bus.archive("Archive", event_pattern=events.EventPattern(account=[platform.account]))
publish(platform, "platform/bus-name", bus.event_bus_name)
publish(platform, "platform/archive-name", archive.archive_name)

front = cdk.Stack(app, "tiny-gateway")
front.add_dependency(platform)
pool = cognito.UserPool(front, "Pool")
client = pool.add_client("Client", auth_flows=cognito.AuthFlow(user_password=True, admin_user_password=True))
function = lambda_.Function(
    front,
    "Function",
    runtime=lambda_.Runtime.PYTHON_3_13,
    handler="index.handler",
    code=lambda_.Code.from_inline(HANDLER),
    environment={"DM": app.node.get_context("dm_provider")},
)
api = gateway.HttpApi(front, "Api")
integration = integrations.HttpLambdaIntegration("Integration", function)
api.add_routes(path="/v1/health", methods=[gateway.HttpMethod.GET], integration=integration)
api.add_routes(
    path="/v1/me",
    methods=[gateway.HttpMethod.GET],
    integration=integration,
    authorizer=authorizers.HttpUserPoolAuthorizer("Players", pool, user_pool_clients=[client]),
)
table = dynamodb.TableV2(
    front, "Table", partition_key=dynamodb.Attribute(name="pk", type=dynamodb.AttributeType.STRING)
)
queue = sqs.Queue(front, "Queue")
publish(front, "gateway/api-id", api.api_id)
publish(front, "gateway/user-pool-id", pool.user_pool_id)
publish(front, "gateway/user-pool-client-id", client.user_pool_client_id)
publish(front, "gateway/table/turns", table.table_name)
publish(front, "gateway/queue/deadline", queue.queue_url)

app.synth()
