"""Every role is enough for what is done with it, and holds nothing that is not: in the templates for AWS."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from infra.permissions import page, record
from infra.permissions.comparing import GrantComparison, compare
from infra.permissions.explained import explain_grants, find_outdated
from infra.permissions.needs import Need, needs
from infra.permissions.record import Call
from infra.permissions.resolving import Template
from infra.permissions.roles import Grant, Role, roles
from tests.infra.permissions.small_templates import cats, house
from tests.infra.templates import Cloud, synthesise_stacks

NAPS = "arn:aws:dynamodb:::table/{cats/table/naps}"


def compare_grants(templates: Mapping[str, Template]) -> GrantComparison:
    return compare(roles(templates), record.load(), needs(templates))


@pytest.fixture(scope="module")
def compared(aws: Cloud) -> GrantComparison:
    return compare_grants(aws.templates)


def test_no_call_on_record_would_be_denied_on_aws(compared: GrantComparison) -> None:
    assert not list(map(str, compared.denied))


def test_every_grant_is_used_or_explained(compared: GrantComparison) -> None:
    assert not sorted(str(each) for each in set(compared.unused) - explain_grants())


def test_what_is_explained_is_granted_and_not_used(compared: GrantComparison) -> None:
    """Or its reason is false by now."""
    assert not sorted(map(str, find_outdated(compared)))


def test_the_roles_that_calls_are_asked_of_are_those_of_aws(aws: Cloud, local: Cloud) -> None:
    assert _grants(local) == _grants(aws)


def test_a_deployment_that_is_traced_may_trace(closely: Cloud) -> None:
    traced = [each for each in needs(closely.templates) if each.action.startswith("xray:")]

    assert traced
    assert not compare_grants(closely.templates).denied


def test_the_page_is_what_is_compared(compared: GrantComparison) -> None:
    assert page.FILE.read_text(encoding="utf-8") == page.render(compared), "ninelives permissions"


# What would be noticed.


def test_no_used_grant_can_be_taken_from_a_role_unnoticed(aws: Cloud, compared: GrantComparison) -> None:
    found, done = roles(aws.templates), [*record.load(), *needs(aws.templates)]
    for grant in (each for each in compared.used if each not in explain_grants()):
        less = found[grant.holder].without(grant.action, grant.resource)
        calls = [each for each in done if each[0] == grant.holder]
        assert compare({grant.holder: less}, calls, []).denied, grant


def test_a_grant_that_nobody_uses_is_named(aws: Cloud) -> None:
    found = roles(aws.templates)
    surplus = Grant("lore/describe_world", "dynamodb:Scan", "arn:aws:dynamodb:::table/{campaign/table/campaign}")
    more = {"Effect": "Allow", "Action": [surplus.action], "Resource": [surplus.resource]}
    found[surplus.holder] = Role(surplus.holder, (*found[surplus.holder].statements, more))

    assert surplus in compare(found, record.load(), needs(aws.templates)).unused


def test_a_call_that_no_role_allows_is_named() -> None:
    found = roles({"cats": cats({"Action": "dynamodb:GetItem", "Resource": {"Fn::GetAtt": ["Naps", "Arn"]}})})
    reads, writes = Call("cats/nap", "dynamodb:GetItem", NAPS), Call("cats/nap", "dynamodb:PutItem", NAPS)
    stranger = Call("dogs/bark", "dynamodb:GetItem", NAPS)

    assert compare(found, [reads, writes, stranger], []).denied == [writes, stranger]


# What AWS does by itself.


def need(what: str, template: Template) -> set[tuple[str, str]]:
    """Action and resource of what is needed for a purpose."""
    found: set[Need] = needs({"cats": template, "house": house()})
    return {(each.action, each.resource) for each in found if what in each.purpose}


def mapping(source: object, **more: object) -> dict[str, dict[str, object]]:
    properties = {"FunctionName": {"Ref": "Nap"}, "EventSourceArn": source, **more}
    return {"Mapping": {"Type": "AWS::Lambda::EventSourceMapping", "Properties": properties}}


def test_a_function_writes_its_log() -> None:
    stream = "arn:aws:logs:::log-group:{/aws/lambda/ninelives-cats-nap}:log-stream:any"

    assert need("log", cats()) == {("logs:CreateLogStream", stream), ("logs:PutLogEvents", stream)}


def test_a_queue_is_read_for_a_function() -> None:
    mat = "arn:aws:sqs:::{house/queue/mat}"
    actions = ("ReceiveMessage", "DeleteMessage", "GetQueueAttributes")

    assert need("queue", cats(**mapping({"Ref": "Mat"}))) == {(f"sqs:{action}", mat) for action in actions}


def test_a_stream_is_read_for_a_function_and_what_failed_is_said() -> None:
    failed = {"OnFailure": {"Destination": {"Ref": "Mat"}}}
    stream = cats(**mapping({"Fn::GetAtt": ["Naps", "StreamArn"]}, DestinationConfig=failed))
    actions = ("DescribeStream", "GetRecords", "GetShardIterator")

    assert need("stream", stream) == {
        *((f"dynamodb:{action}", f"{NAPS}/stream/{{latest}}") for action in actions),
        ("dynamodb:ListStreams", "*"),
    }
    assert need("failed", stream) == {("sqs:SendMessage", "arn:aws:sqs:::{house/queue/mat}")}


def test_the_workflow_calls_each_function_that_its_definition_names(aws: Cloud) -> None:
    called = {each.resource for each in needs(aws.templates) if "calls its functions" in each.purpose}

    assert len(called) == 13
    assert "arn:aws:lambda:::function:{campaign/fn/open_turn}" in called


# A model, where one is chosen: no model is called in the tests but on loopback.


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Role:
    made = synthesise_stacks(
        tmp_path_factory.mktemp("bedrock"),
        target="aws",
        only="dm",
        dm_provider="bedrock",
        dm_model="us.anthropic.claude-sonnet-4-6",
    )
    return roles(made.templates)["dm/invoke_dungeon_master"]


@pytest.mark.parametrize("action", ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"])
def test_a_call_of_a_profile_is_allowed_on_the_profile_and_through_it_on_its_model(master: Role, action: str) -> None:
    profile = "arn:aws:bedrock:::inference-profile/us.anthropic.claude-sonnet-4-6"
    model = "arn:aws:bedrock:us-west-2::foundation-model/anthropic.claude-sonnet-4-6"

    assert master.allows(action, profile)
    assert master.allows(action, model, bedrock__InferenceProfileArn=profile)
    assert not master.allows(action, model)
    assert not master.allows(action, model.replace("sonnet", "opus"), bedrock__InferenceProfileArn=profile)


def _grants(cloud: Cloud) -> set[Grant]:
    return {grant for role in roles(cloud.templates).values() for grant in role.grants()}
