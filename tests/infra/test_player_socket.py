"""The WebSocket: one way in for connections, and functions that may speak into it and no other."""

from __future__ import annotations

from typing import Any

import pytest

from tests.infra.templates import Cloud, Resource

ROUTE, STAGE, API = "AWS::ApiGatewayV2::Route", "AWS::ApiGatewayV2::Stage", "AWS::ApiGatewayV2::Api"
MANAGES = "execute-api:ManageConnections"
SPEAKING = ("socket", "push", "progress", "narrate", "api", "format_response", "fail_turn", "deadline", "export")
CLOSING = ("socket", "accounts", "erase")


def _socket(cloud: Cloud) -> Resource:
    [api] = [each for each in cloud.all(API) if each.properties["ProtocolType"] == "WEBSOCKET"]
    return api


def _of(cloud: Cloud, kind: str) -> list[Resource]:
    wanted = {"Ref": _socket(cloud).id}
    return [each for each in cloud.all(kind) if each.properties["ApiId"] == wanted]


def test_every_word_on_the_socket_reaches_the_function_that_redeems_tickets(aws: Cloud) -> None:
    routes = {route.properties["RouteKey"]: route for route in _of(aws, ROUTE)}
    function = aws.function("gateway/socket").id

    assert routes.keys() == {"$connect", "$disconnect", "$default"}
    for integration in _of(aws, "AWS::ApiGatewayV2::Integration"):
        assert {"Fn::GetAtt": [function, "Arn"]} in integration.properties["IntegrationUri"]["Fn::Join"][1]


def test_the_socket_is_throttled_and_writes_down_nothing(aws: Cloud) -> None:
    [stage] = _of(aws, STAGE)
    settings = stage.properties["DefaultRouteSettings"]

    assert 0 < settings["ThrottlingRateLimit"] <= settings["ThrottlingBurstLimit"] <= 1000
    assert "AccessLogSettings" not in stage.properties
    assert not {"DataTraceEnabled", "LoggingLevel"} & settings.keys()


def test_only_those_who_tell_players_something_may_speak_and_only_to_connections_of_this_stage(aws: Cloud) -> None:
    assert _managing(aws, "POST") == {aws.statements_of(f"gateway/{name}")[0].role for name in SPEAKING}


def test_only_where_a_session_or_a_socket_too_many_ends_may_connections_be_closed(aws: Cloud) -> None:
    assert _managing(aws, "DELETE") == {aws.statements_of(f"gateway/{name}")[0].role for name in CLOSING}


def _managing(cloud: Cloud, method: str) -> set[str]:
    """The roles that may do this to connections of the one stage, and to nothing else by this permission."""
    roles = set()
    for statement in (each for each in cloud.statements() if MANAGES in each.actions):
        assert statement.actions == (MANAGES,)
        for resource in statement.resources:
            assert {"Ref": _socket(cloud).id} in resource["Fn::Join"][1]
            assert resource["Fn::Join"][1][-1] in ("/live/POST/@connections/*", "/live/DELETE/@connections/*")
            if f"/{method}/" in resource["Fn::Join"][1][-1]:
                roles.add(statement.role)
    return roles


def test_functions_know_where_the_socket_is(aws: Cloud, local: Cloud) -> None:
    for name in (f"gateway/{name}" for name in SPEAKING):
        assert _address(aws, name).startswith("https://{Api}.execute-api.")
        assert _address(aws, name).endswith("/live")
        assert _address(local, name) == "/_aws/execute-api/{Api}/live"


def test_tools_find_the_socket_by_its_published_name(aws: Cloud) -> None:
    names = {each.properties["Name"]: each.properties["Value"] for each in aws.all("AWS::SSM::Parameter")}

    assert names["/ninelives/prod/gateway/ws-api-id"] == {"Ref": _socket(aws).id}
    assert names["/ninelives/prod/gateway/ws-stage"] == "live"


def test_the_story_comes_from_the_game_masters_queue_and_from_nowhere_else(aws: Cloud) -> None:
    function = {"Ref": aws.function("gateway/narrate").id}
    sources = [
        each
        for each in aws.all("AWS::Lambda::EventSourceMapping")
        if each.stack == "gateway" and each.properties["FunctionName"] == function
    ]
    [queue] = [each for each in aws.all("AWS::SQS::Queue") if each.stack == "dm"]
    published = {each.properties["Name"]: each.properties["Value"] for each in aws.all("AWS::SSM::Parameter")}

    assert [each.properties["EventSourceArn"] for each in sources] == [{"Ref": "DmQueueArnNarration"}]
    assert published["/ninelives/prod/dm/queue-arn/narration"] == {"Fn::GetAtt": [queue.id, "Arn"]}
    assert aws.function("gateway/narrate").properties["Timeout"] <= queue.properties["VisibilityTimeout"]


@pytest.mark.parametrize("function", ["narrate", "progress"])
def test_who_tells_what_goes_on_can_read_turns_and_add_to_them_but_begin_none(aws: Cloud, function: str) -> None:
    actions = {action for each in aws.statements_of(f"gateway/{function}") for action in each.actions}

    assert {each for each in actions if each.startswith("dynamodb:")} == {
        "dynamodb:GetItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem",
    }  # fmt: skip


def test_facts_are_told_at_once_and_steps_are_collected_for_a_second(aws: Cloud) -> None:
    windows = {
        function: [
            mapping.properties.get("MaximumBatchingWindowInSeconds", 0)
            for mapping in aws.all("AWS::Lambda::EventSourceMapping")
            if mapping.stack == "gateway" and mapping.properties["FunctionName"] == {"Ref": aws.function(function).id}
        ]
        for function in ("gateway/push", "gateway/narrate", "gateway/progress")
    }

    assert windows == {"gateway/push": [0], "gateway/narrate": [0], "gateway/progress": [1]}


def _address(cloud: Cloud, function: str) -> str:
    """The endpoint a function is told, with {Api} for the socket's id."""
    told: Any = cloud.function(function).properties["Environment"]["Variables"]["WEBSOCKET_ENDPOINT"]
    api = _socket(cloud).id
    return "".join(part if isinstance(part, str) else part["Ref"].replace(api, "{Api}") for part in told["Fn::Join"][1])
