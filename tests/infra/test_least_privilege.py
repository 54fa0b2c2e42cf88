"""Every role may do what its function does, and nothing else."""

from __future__ import annotations

import ast
from collections.abc import Collection

import pytest
from pydantic import BaseModel

from contracts.campaign import EraseCampaign, ListCampaigns, ListDice, ListStandings, ViewCampaign, VoidTurn
from contracts.chronicle import EraseChronicle
from contracts.dm import ForgetReplies
from contracts.lore import DescribeWorld
from contracts.tools import ForgetOutcomes
from infra.assets.contents import REPOSITORY, SERVICES
from services.gateway.adapters.service_functions import FUNCTIONS, name_variable
from tests.infra.templates import FUNCTION, Cloud, synthesise_stacks

CANNOT_BE_LIMITED = {
    "xray:PutTraceSegments": "traces have no resource",
    "xray:PutTelemetryRecords": "traces have no resource",
    "xray:GetSamplingRules": "a traced workflow asks what to sample",
    "xray:GetSamplingTargets": "a traced workflow asks what to sample",
    "dynamodb:ListStreams": "lists streams by table; has no resource",
    "logs:CreateLogDelivery": "delivery of a workflow's log is set up by the service itself",
    "logs:GetLogDelivery": "as above",
    "logs:UpdateLogDelivery": "as above",
    "logs:DeleteLogDelivery": "as above",
    "logs:ListLogDeliveries": "as above",
    "logs:PutResourcePolicy": "as above",
    "logs:DescribeResourcePolicies": "as above",
    "logs:DescribeLogGroups": "as above",
}

CALLS = {
    "get_item": "dynamodb:GetItem",
    "batch_get_item": "dynamodb:BatchGetItem",
    "put_item": "dynamodb:PutItem",
    "update_item": "dynamodb:UpdateItem",
    "delete_item": "dynamodb:DeleteItem",
    "query": "dynamodb:Query",
    "scan": "dynamodb:Scan",
    "start_execution": "states:StartExecution",
    "start_sync_execution": "states:StartSyncExecution",
    "send_message": "sqs:SendMessage",
    "invoke": "lambda:InvokeFunction",
    "post_to_connection": "execute-api:ManageConnections",
    "delete_connection": "execute-api:ManageConnections",
    "converse": "bedrock:InvokeModel",
    "converse_stream": "bedrock:InvokeModelWithResponseStream",
    "admin_create_user": "cognito-idp:AdminCreateUser",
    "admin_initiate_auth": "cognito-idp:AdminInitiateAuth",
    "admin_set_user_password": "cognito-idp:AdminSetUserPassword",
    "admin_update_user_attributes": "cognito-idp:AdminUpdateUserAttributes",
}
IN_TRANSACTIONS = {
    "Put": "dynamodb:PutItem",
    "Update": "dynamodb:UpdateItem",
    "Delete": "dynamodb:DeleteItem",
    "ConditionCheck": "dynamodb:ConditionCheckItem",
}


WITH_A_MODEL = ("dm", "metrics")
"""Services that ask AWS for more where a model is paid for."""


@pytest.fixture(scope="module")
def with_a_model(tmp_path_factory: pytest.TempPathFactory) -> Cloud:
    return synthesise_stacks(
        tmp_path_factory.mktemp("bedrock"),
        target="aws",
        only=",".join(WITH_A_MODEL),
        dm_provider="bedrock",
        dm_model="us.anthropic.claude-sonnet-4-6",
    )


def test_no_role_may_do_everything(aws: Cloud) -> None:
    for statement in aws.statements():
        assert not [action for action in statement.actions if "*" in action], statement


def test_a_role_reaches_everything_only_where_aws_allows_no_less(aws: Cloud) -> None:
    for statement in aws.statements():
        if "*" in statement.resources:
            assert set(statement.actions) <= CANNOT_BE_LIMITED.keys(), statement


def test_no_role_is_given_a_policy_made_by_somebody_else(aws: Cloud) -> None:
    for role in aws.all("AWS::IAM::Role"):
        assert not role.properties.get("ManagedPolicyArns"), role


def test_functions_do_not_share_a_role(aws: Cloud) -> None:
    roles = [(each.stack, each.properties["Role"]["Fn::GetAtt"][0]) for each in aws.all(FUNCTION)]

    assert len(set(roles)) == len(roles)


def test_only_what_announces_or_relays_may_put_events_and_only_on_our_bus(aws: Cloud) -> None:
    may = {
        name
        for name in _names(aws)
        for statement in aws.statements_of(name)
        if "events:PutEvents" in statement.actions and "*" not in statement.resources
    }

    assert may == {
        "lore/retrieve_lore",
        "dm/invoke_dungeon_master",
        "tools/execute_tool",
        "tools/play_world",
        "campaign/relay",
        "gateway/relay",
    }


def test_a_function_knows_the_name_of_every_table_it_may_touch_and_of_no_other(aws: Cloud) -> None:
    for name in _names(aws):
        variables = aws.function(name).properties["Environment"]["Variables"]
        known = {value["Ref"] for key, value in variables.items() if key.endswith("_TABLE")}
        assert _tables_allowed(aws, name) == known, name


def test_rules_and_validation_touch_nothing_at_all(aws: Cloud) -> None:
    for name in ("campaign/settle_effects", "dm/validate_and_route", "lore/describe_world"):
        services = {action.split(":")[0] for statement in aws.statements_of(name) for action in statement.actions}
        assert services == {"logs"}, name


def test_the_workflow_may_invoke_exactly_the_functions_of_a_turn(aws: Cloud) -> None:
    machine = aws.all("AWS::StepFunctions::StateMachine")[0]
    tasks = list(machine.properties["DefinitionSubstitutions"].values())
    role = machine.properties["RoleArn"]["Fn::GetAtt"][0]
    invoked = [
        resource
        for statement in aws.statements()
        if (statement.stack, statement.role) == ("gateway", role) and "lambda:InvokeFunction" in statement.actions
        for resource in statement.resources
    ]

    assert sorted(map(str, invoked)) == sorted(map(str, tasks))
    assert len(tasks) == 13


def test_a_function_of_the_gateway_finds_and_may_invoke_exactly_the_functions_it_calls(aws: Cloud) -> None:
    erases = {EraseCampaign, EraseChronicle, ForgetOutcomes, ForgetReplies}
    calls: dict[str, Collection[type[BaseModel]]] = {
        "gateway/api": FUNCTIONS.keys() - {VoidTurn, *erases},
        "gateway/erase": {ListCampaigns, *erases},
        "gateway/deadline": {VoidTurn},
        "gateway/accounts": set(),
        "gateway/export": {DescribeWorld, ListCampaigns, ListDice, ListStandings, ViewCampaign},
    }
    for caller, requests in calls.items():
        variables = aws.function(caller).properties["Environment"]["Variables"]
        named = {name: value for name, value in variables.items() if name.endswith("_FUNCTION")}
        own = named.pop("EXPORT_FUNCTION", None)  # the gateway's, and no request's
        owners = {name: value["Ref"] for name, value in named.items()}
        may = [
            arn
            for each in aws.statements_of(caller)
            if "lambda:InvokeFunction" in each.actions
            for arn in each.resources
        ]

        assert owners == {name_variable(request): _parameter(*FUNCTIONS[request]) for request in requests}, caller
        assert sorted(arn["Ref"] for arn in may if arn != own) == sorted(owners.values())
        assert (own in may) == (caller == "gateway/api")


def _parameter(service: str, function: str) -> str:
    """The parameter that holds the published ARN of a function."""
    return "".join(word.capitalize() for word in f"{service}_fn_{function}".split("_"))


def test_without_a_model_the_game_master_may_not_call_one(aws: Cloud) -> None:
    assert "bedrock:InvokeModel" not in _actions(aws, "dm")


@pytest.mark.parametrize("service", SERVICES)
def test_every_call_a_service_makes_is_granted_to_one_of_its_functions(
    service: str, aws: Cloud, with_a_model: Cloud
) -> None:
    granted = _actions(with_a_model if service in WITH_A_MODEL else aws, service)

    assert _actions_called(service) <= granted


def _names(cloud: Cloud) -> list[str]:
    handlers = (each.properties["Handler"].split(".") for each in cloud.all(FUNCTION))
    return [f"{service}/{function}" for _, service, _, function, _ in handlers]


def _actions(cloud: Cloud, service: str) -> set[str]:
    return {action for each in cloud.statements() if each.stack == service for action in each.actions}


def _tables_allowed(cloud: Cloud, name: str) -> set[str]:
    """Logical ids of the tables whose items (not whose stream) a function may touch."""
    found: set[str] = set()
    for statement in cloud.statements_of(name):
        for resource in statement.resources:
            arn = resource.get("Fn::Join", [None, [resource]])[1][0] if isinstance(resource, dict) else None
            if arn and any(action.startswith("dynamodb:") for action in statement.actions):
                owner, attribute = arn["Fn::GetAtt"]
                found |= {owner} if attribute == "Arn" else set()
    return found


def _actions_called(service: str) -> set[str]:
    """The actions behind the client calls in a service's adapters and handlers."""
    found: set[str] = set()
    for part in ("adapters", "handlers"):
        for path in (REPOSITORY / "services" / service / part).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and ast.unparse(node.func) == "insert":  # stagekit's
                    found |= {"dynamodb:PartiQLInsert"}
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CALLS:
                    receiver = node.func.value.func if isinstance(node.func.value, ast.Call) else node.func.value
                    on_a_client = ast.unparse(receiver).endswith(("client", "dynamodb", "sqs"))
                    found |= {CALLS[node.func.attr]} if on_a_client else set()
                if isinstance(node, ast.Dict):
                    keys = {key.value for key in node.keys if isinstance(key, ast.Constant)}
                    found |= {IN_TRANSACTIONS[key] for key in keys & IN_TRANSACTIONS.keys()}
    return found
