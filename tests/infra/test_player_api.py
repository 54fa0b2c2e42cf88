"""Access to the player API: who is let in, how often, and what is written down about it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ninelives.contracttools.openapi.paths import template
from services.gateway.domain.limits import parse_limits
from services.gateway.domain.passwords import KINDS, LEAST
from services.gateway.http.paths import ACCOUNT_METHODS, PUBLIC_PATHS
from tests.infra.templates import ALARM, Cloud, Resource, synthesise_stacks

ROUTE, STAGE = "AWS::ApiGatewayV2::Route", "AWS::ApiGatewayV2::Stage"
DOCS = Path(__file__).resolve().parents[2] / "docs"
SUMS = ("costs.md", "adr/0027-guests-are-users-of-a-pool-and-counted.md")
PLAYED = "POST /{proxy+}"
COME_IN = {
    "POST /v1/guests",
    "POST /v1/sessions",
    "POST /v1/sessions/revocation",
    "POST /v1/password-resets",
    "POST /v1/password-resets/confirmation",
}


@pytest.fixture(scope="module")
def with_a_page(tmp_path_factory: pytest.TempPathFactory) -> Cloud:
    origins = "https://play.example.org, https://beta.example.org"
    return synthesise_stacks(tmp_path_factory.mktemp("origins"), target="aws", only="gateway", web_origins=origins)


def _api_routes(cloud: Cloud) -> dict[str, dict[str, object]]:
    return {each.properties["RouteKey"]: each.properties for each in _of_the_api(cloud, ROUTE)}


def test_only_what_the_gateway_calls_public_is_open_to_everybody(aws: Cloud) -> None:
    routes = _api_routes(aws)
    open_to_all = {key for key, route in routes.items() if route["AuthorizationType"] != "JWT"}

    read = {"GET /v1/health", "GET /v1/world", "GET /v1/.well-known/jwks.json", "GET /v1/erasures/{erasure_id}"}
    assert open_to_all == read | COME_IN
    assert {key.split()[1] for key in open_to_all} == set(map(template, PUBLIC_PATHS))
    assert PLAYED in routes


def test_what_is_about_accounts_goes_to_the_one_function_that_may_talk_to_the_pool(aws: Cloud) -> None:
    accounts = aws.function("gateway/accounts").id
    integrations = {each.id: json.dumps(each.properties) for each in aws.all("AWS::ApiGatewayV2::Integration")}
    reached = {
        tuple(key.split())
        for key, route in _api_routes(aws).items()
        if accounts in integrations[json.loads(json.dumps(route["Target"]))["Fn::Join"][1][1]["Ref"]]
    }

    assert reached == {(method, template(path)) for path, methods in ACCOUNT_METHODS.items() for method in methods}


def test_no_other_function_can_make_players_or_sign_them_in(aws: Cloud) -> None:
    allowed = [each for each in aws.statements() if any(action.startswith("cognito") for action in each.actions)]
    [pool] = aws.all("AWS::Cognito::UserPool")
    [reads] = [each for each in allowed if each in aws.statements_of("gateway/export")]
    allowed.remove(reads)

    assert reads.actions == ("cognito-idp:AdminGetUser",)
    lets_in, lets_go = (aws.statements_of(f"gateway/{function}") for function in ("accounts", "erase"))
    [statement] = [each for each in allowed if each in lets_in]
    [farewell] = [each for each in allowed if each in lets_go]
    assert len(allowed) == 2
    assert (farewell.actions, farewell.resources) == (("cognito-idp:AdminDeleteUser",), statement.resources)
    assert statement.resources == ({"Fn::GetAtt": [pool.id, "Arn"]},)
    assert set(statement.actions) == {
        "cognito-idp:AdminCreateUser",
        "cognito-idp:AdminInitiateAuth",
        "cognito-idp:AdminSetUserPassword",
        "cognito-idp:AdminUpdateUserAttributes",
        "cognito-idp:AdminUserGlobalSignOut",
    }


def test_the_pool_asks_of_a_password_what_the_gateway_does_and_no_more(aws: Cloud) -> None:
    [pool] = aws.all("AWS::Cognito::UserPool")
    policy = pool.properties["Policies"]["PasswordPolicy"]

    assert policy.pop("MinimumLength") == LEAST
    assert set(policy) == {"RequireLowercase", "RequireNumbers", "RequireSymbols", "RequireUppercase"}
    assert sum(policy.values()) == len(KINDS)


def test_a_lost_password_is_recovered_by_a_verified_e_mail_only(aws: Cloud) -> None:
    [pool] = aws.all("AWS::Cognito::UserPool")

    assert [each["Name"] for each in pool.properties["AccountRecoverySetting"]["RecoveryMechanisms"]] == [
        "verified_email"
    ]


def test_nobody_signs_up_past_the_api(aws: Cloud) -> None:
    [pool] = aws.all("AWS::Cognito::UserPool")

    assert pool.properties["AdminCreateUserConfig"] == {"AllowAdminCreateUserOnly": True}


def test_a_token_is_short_lived_and_a_session_is_not(aws: Cloud, local: Cloud) -> None:
    for cloud in (aws, local):
        [client] = cloud.all("AWS::Cognito::UserPoolClient")
        assert client.properties["AccessTokenValidity"] == client.properties["IdTokenValidity"] == 15
        assert client.properties["RefreshTokenValidity"] == 30 * 24 * 60
        assert set(client.properties["TokenValidityUnits"].values()) == {"minutes"}
        assert client.properties["EnableTokenRevocation"] is True


def test_a_token_must_come_from_our_pool_and_be_meant_for_the_game(aws: Cloud) -> None:
    [authorizer] = aws.all("AWS::ApiGatewayV2::Authorizer")
    [client] = aws.all("AWS::Cognito::UserPoolClient")
    [pool] = aws.all("AWS::Cognito::UserPool")

    assert authorizer.properties["JwtConfiguration"]["Audience"] == [{"Ref": client.id}]
    assert {"Ref": pool.id} in authorizer.properties["JwtConfiguration"]["Issuer"]["Fn::Join"][1]
    assert authorizer.properties["IdentitySource"] == ["$request.header.Authorization"]


def test_no_route_takes_the_preflight_away_from_the_api_which_answers_it_without_a_token(aws: Cloud) -> None:
    for route in _of_the_api(aws, ROUTE):
        assert route.properties["RouteKey"].split()[0] in {"GET", "POST", "PUT", "PATCH", "DELETE"}


def test_no_other_origin_may_ask_unless_it_is_named(aws: Cloud, with_a_page: Cloud) -> None:
    assert "CorsConfiguration" not in _api_of(aws).properties
    named = _api_of(with_a_page).properties["CorsConfiguration"]

    assert named["AllowOrigins"] == ["https://play.example.org", "https://beta.example.org"]


def test_a_web_page_may_send_and_read_the_headers_of_the_player_api(with_a_page: Cloud) -> None:
    cors = _api_of(with_a_page).properties["CorsConfiguration"]

    assert {"authorization", "idempotency-key", "prefer", "if-none-match"} <= set(cors["AllowHeaders"])
    assert {"location", "etag", "retry-after", "idempotency-replayed"} <= set(cors["ExposeHeaders"])
    assert not cors.get("AllowCredentials")


def test_the_door_is_throttled(aws: Cloud) -> None:
    [stage] = _of_the_api(aws, STAGE)
    settings = stage.properties["DefaultRouteSettings"]

    assert 0 < settings["ThrottlingRateLimit"] <= settings["ThrottlingBurstLimit"] <= 1000


def test_coming_in_is_throttled_more_tightly_than_playing(aws: Cloud) -> None:
    stage = _of_the_api(aws, STAGE)[0].properties

    assert set(stage["RouteSettings"]) == {*COME_IN, PLAYED}
    for route in COME_IN:
        settings = stage["RouteSettings"][route]
        assert settings["ThrottlingRateLimit"] * 5 <= stage["DefaultRouteSettings"]["ThrottlingRateLimit"], route


def test_turns_have_a_throttle_that_no_reader_uses_up(aws: Cloud) -> None:
    stage = _of_the_api(aws, STAGE)[0].properties

    assert PLAYED in _api_routes(aws)
    assert stage["RouteSettings"][PLAYED] == stage["DefaultRouteSettings"]


def test_wishes_that_cost_something_are_limited_in_aws_and_hardly_on_a_laptop(aws: Cloud, local: Cloud) -> None:
    for function in ("api", "accounts"):
        in_aws, here = (
            parse_limits(cloud.function(f"gateway/{function}").properties["Environment"]["Variables"]["LIMITS"])
            for cloud in (aws, local)
        )
        assert set(in_aws) == {
            *("turns", "waits", "tickets", "manifests", "campaigns", "forks", "reports", "exports"),
            *("guests", "neighbouring-guests", "all-guests"),
            *("sign-ins", "accounts", "mails", "codes"),
        }
        assert (in_aws["turns"].most, in_aws["turns"].seconds) == (20, 60)
        assert (in_aws["guests"].most, in_aws["guests"].seconds) == (10, 3600)
        assert {limit.most for limit in here.values()} == {6000}


def test_no_household_and_no_network_alone_can_keep_all_other_guests_of_a_day_out(aws: Cloud) -> None:
    limits = parse_limits(aws.function("gateway/accounts").properties["Environment"]["Variables"]["LIMITS"])
    household, network, all_guests = (limits[what] for what in ("guests", "neighbouring-guests", "all-guests"))

    assert household.most < network.most
    assert network.most * (all_guests.seconds // network.seconds) < all_guests.most


def test_what_guests_can_cost_in_a_month_is_what_the_documents_say(aws: Cloud) -> None:
    """A session lasts a month, so that a guest counts in two of Cognito's at most."""
    limits = parse_limits(aws.function("gateway/accounts").properties["Environment"]["Variables"]["LIMITS"])
    [client] = aws.all("AWS::Cognito::UserPoolClient")
    of_a_month = limits["all-guests"].most * 31
    documents = [(DOCS / name).read_text(encoding="utf-8") for name in SUMS]

    assert client.properties["RefreshTokenValidity"] <= 30 * 24 * 60
    for guests in (of_a_month, 2 * of_a_month):
        dollars = 0.0055 * (min(guests, 100_000) - 10_000) + 0.0046 * max(guests - 100_000, 0)
        assert all(f"${dollars:.0f}" in text for text in documents)


def test_a_limit_can_be_chosen_for_a_deployment(tmp_path: Path) -> None:
    cloud = synthesise_stacks(tmp_path, target="aws", only="gateway", turns_per_minute="7")
    variables = cloud.function("gateway/api").properties["Environment"]["Variables"]

    assert parse_limits(variables["LIMITS"])["turns"].most == 7


def test_access_is_logged_without_who_where_from_or_which_campaign(aws: Cloud) -> None:
    [stage] = _of_the_api(aws, STAGE)
    written = stage.properties["AccessLogSettings"]["Format"]

    assert "$context.status" in written
    for private in ("sourceIp", "claims", "userAgent", "$context.path"):
        assert private not in written


def test_server_errors_and_slow_answers_raise_alarms(aws: Cloud) -> None:
    metrics = {alarm.properties["MetricName"] for alarm in aws.all(ALARM) if "ApiId" in str(alarm.properties)}

    assert metrics == {"5xx", "Latency"}


def test_the_pool_takes_a_password_from_callers_with_aws_permissions_only(aws: Cloud, local: Cloud) -> None:
    for cloud in (aws, local):
        [client] = cloud.all("AWS::Cognito::UserPoolClient")
        assert client.properties["ExplicitAuthFlows"] == ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
        assert not client.properties.get("GenerateSecret")


def test_the_state_of_a_sign_in_does_not_tell_whether_a_player_exists(aws: Cloud) -> None:
    [client] = aws.all("AWS::Cognito::UserPoolClient")

    assert client.properties["PreventUserExistenceErrors"] == "ENABLED"


def _api_of(cloud: Cloud) -> Resource:
    [api] = [each for each in cloud.all("AWS::ApiGatewayV2::Api") if each.properties["ProtocolType"] == "HTTP"]
    return api


def _of_the_api(cloud: Cloud, kind: str) -> list[Resource]:
    api = {"Ref": _api_of(cloud).id}
    return [each for each in cloud.all(kind) if each.properties["ApiId"] == api]
