"""Who gets through the door, how often, and what is written down about it."""

from __future__ import annotations

from tests.infra.templates import ALARM, Cloud

ROUTE, STAGE = "AWS::ApiGatewayV2::Route", "AWS::ApiGatewayV2::Stage"


def test_only_health_and_world_are_open_to_everybody(aws: Cloud) -> None:
    routes = {route.properties["RouteKey"]: route.properties["AuthorizationType"] for route in aws.all(ROUTE)}

    assert {key for key, kind in routes.items() if kind != "JWT"} == {"GET /v1/health", "GET /v1/world"}
    assert "POST /{proxy+}" in routes


def test_a_token_must_come_from_our_pool_and_be_meant_for_the_game(aws: Cloud) -> None:
    [authorizer] = aws.all("AWS::ApiGatewayV2::Authorizer")
    [client] = aws.all("AWS::Cognito::UserPoolClient")
    [pool] = aws.all("AWS::Cognito::UserPool")

    assert authorizer.properties["JwtConfiguration"]["Audience"] == [{"Ref": client.id}]
    assert {"Ref": pool.id} in authorizer.properties["JwtConfiguration"]["Issuer"]["Fn::Join"][1]
    assert authorizer.properties["IdentitySource"] == ["$request.header.Authorization"]


def test_no_route_takes_the_preflight_away_from_the_api_which_answers_it_without_a_token(aws: Cloud) -> None:
    for route in aws.all(ROUTE):
        assert route.properties["RouteKey"].split()[0] in {"GET", "POST", "PUT", "PATCH", "DELETE"}


def test_a_web_page_may_send_and_read_the_headers_of_the_player_api(aws: Cloud) -> None:
    [api] = aws.all("AWS::ApiGatewayV2::Api")
    cors = api.properties["CorsConfiguration"]

    assert {"authorization", "idempotency-key", "prefer", "if-none-match"} <= set(cors["AllowHeaders"])
    assert {"location", "etag", "retry-after", "idempotency-replayed"} <= set(cors["ExposeHeaders"])
    assert not cors.get("AllowCredentials")


def test_the_door_is_throttled(aws: Cloud) -> None:
    [stage] = aws.all(STAGE)
    settings = stage.properties["DefaultRouteSettings"]

    assert 0 < settings["ThrottlingRateLimit"] <= settings["ThrottlingBurstLimit"] <= 1000


def test_access_is_logged_without_who_where_from_or_which_campaign(aws: Cloud) -> None:
    [stage] = aws.all(STAGE)
    written = stage.properties["AccessLogSettings"]["Format"]

    assert "$context.status" in written
    for private in ("sourceIp", "claims", "userAgent", "$context.path"):
        assert private not in written


def test_server_errors_and_slow_answers_raise_alarms(aws: Cloud) -> None:
    metrics = {alarm.properties["MetricName"] for alarm in aws.all(ALARM) if "ApiId" in str(alarm.properties)}

    assert metrics == {"5xx", "Latency"}


def test_passwords_travel_in_the_clear_to_nobody_in_aws(aws: Cloud, local: Cloud) -> None:
    [in_aws], [on_a_laptop] = (cloud.all("AWS::Cognito::UserPoolClient") for cloud in (aws, local))

    assert in_aws.properties["ExplicitAuthFlows"] == ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    assert "ALLOW_ADMIN_USER_PASSWORD_AUTH" in on_a_laptop.properties["ExplicitAuthFlows"]
    assert not in_aws.properties.get("GenerateSecret")


def test_the_state_of_a_sign_in_does_not_tell_whether_a_player_exists(aws: Cloud) -> None:
    [client] = aws.all("AWS::Cognito::UserPoolClient")

    assert client.properties["PreventUserExistenceErrors"] == "ENABLED"
