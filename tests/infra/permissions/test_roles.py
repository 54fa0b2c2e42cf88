"""A role is read from a template as AWS would have it, under the names that stacks publish."""

from __future__ import annotations

from typing import Any

import pytest

from infra.errors import UserError
from infra.permissions.roles import Role, roles
from tests.infra.permissions.small_templates import cats, house, policy

NAPS = "arn:aws:dynamodb:::table/{cats/table/naps}"
READ = {"Action": "dynamodb:GetItem", "Resource": {"Fn::GetAtt": ["Naps", "Arn"]}}


def role(*statements: dict[str, Any], **more: dict[str, Any]) -> Role:
    return roles({"cats": cats(*statements, **more), "house": house()})["cats/nap"]


@pytest.mark.parametrize(
    ("resource", "arn"),
    [
        ({"Fn::GetAtt": ["Naps", "Arn"]}, NAPS),
        ({"Fn::GetAtt": ["Naps", "StreamArn"]}, f"{NAPS}/stream/{{latest}}"),
        ({"Fn::Join": ["", [{"Fn::GetAtt": ["Naps", "Arn"]}, "/index/by-length"]]}, f"{NAPS}/index/by-length"),
        ({"Fn::Sub": "arn:${AWS::Partition}:s3:::${Naps}/*"}, "arn:aws:s3:::{cats/table/naps}/*"),
        ({"Ref": "Mat"}, "arn:aws:sqs:::{house/queue/mat}"),
        ({"Fn::GetAtt": ["Logs", "Arn"]}, "arn:aws:logs:::log-group:{/aws/lambda/ninelives-cats-nap}:*"),
        ("*", "*"),
    ],
    ids=["attribute", "stream", "joined", "substituted", "of another stack", "not published", "everything"],
)
def test_a_reference_is_the_name_that_its_owner_published(resource: Any, arn: str) -> None:
    [grant] = role({"Action": "any:Thing", "Resource": resource}).grants()

    assert grant.resource == arn


def test_what_is_granted_is_allowed_and_nothing_beside_it() -> None:
    reads = role(READ)

    assert reads.allows("dynamodb:GetItem", NAPS)
    assert not reads.allows("dynamodb:PutItem", NAPS)
    assert not reads.allows("dynamodb:GetItem", "arn:aws:dynamodb:::table/{cats/table/meals}")
    assert not reads.allows("dynamodb:GetItem", f"{NAPS}/index/by-length")


def test_wildcards_stand_for_what_they_do_in_aws() -> None:
    wide = role({"Action": "dynamodb:Batch*", "Resource": "arn:aws:dynamodb:::table/{cats/*"})

    assert wide.allows("dynamodb:BatchGetItem", NAPS)
    assert not wide.allows("dynamodb:GetItem", NAPS)
    assert not wide.allows("dynamodb:BatchGetItem", "arn:aws:dynamodb:::table/{dogs/table/naps}")


def test_a_denial_wins_over_a_grant() -> None:
    assert not role(READ, {**READ, "Effect": "Deny"}).allows("dynamodb:GetItem", NAPS)


def test_a_grant_with_a_condition_is_one_only_where_it_holds() -> None:
    through = {"StringEquals": {"bedrock:InferenceProfileArn": {"Ref": "Mat"}}}
    asks = role({"Action": "bedrock:InvokeModel", "Resource": "*", "Condition": through})

    assert asks.allows("bedrock:InvokeModel", "any", bedrock__InferenceProfileArn="arn:aws:sqs:::{house/queue/mat}")
    assert not asks.allows("bedrock:InvokeModel", "any", bedrock__InferenceProfileArn="another")
    assert not asks.allows("bedrock:InvokeModel", "any")


def test_a_role_with_one_grant_less_is_the_same_but_for_that() -> None:
    both = role({"Action": ["dynamodb:GetItem", "dynamodb:PutItem"], "Resource": [READ["Resource"], "*"]})
    less = both.without("dynamodb:PutItem", "*")

    assert set(both.grants()) - set(less.grants()) == {
        grant for grant in both.grants() if (grant.action, grant.resource) == ("dynamodb:PutItem", "*")
    }
    assert less.allows("dynamodb:PutItem", NAPS) and not less.allows("dynamodb:PutItem", "elsewhere")


@pytest.mark.parametrize(
    "statement",
    [{"NotAction": "iam:*", "Resource": "*"}, {"Action": "*", "NotResource": "any"}, {"Action": "*", "Resource": {}}],
    ids=["all actions but", "all resources but", "an expression nobody writes"],
)
def test_what_cannot_be_compared_is_refused(statement: dict[str, Any]) -> None:
    with pytest.raises(UserError, match="cats"):
        role(statement)


@pytest.mark.parametrize("key", ["Policies", "ManagedPolicyArns"])
def test_a_role_that_is_allowed_something_elsewhere_is_refused(key: str) -> None:
    with pytest.raises(UserError, match="outside of its policies"):
        role(READ, Role={"Type": "AWS::IAM::Role", "Properties": {key: ["arn:aws:iam::aws:policy/Everything"]}})


def test_a_policy_of_users_is_refused() -> None:
    users = policy(READ)
    users["Properties"]["Users"] = ["tom"]

    with pytest.raises(UserError, match="others than roles"):
        role(Policy=users)
