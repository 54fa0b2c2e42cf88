"""The role a pipeline deploys by: whom it trusts, and that it may do no more than deploy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest

from infra.delivery.stack import GITHUB, DeliveryStack
from infra.errors import UserError
from infra.local.home import Home
from infra.order import STACKS
from ninelives.account import Account
from ninelives.deployment import cdk as command
from ninelives.deployment.pipeline import trust
from tests.infra.templates import Cloud


def _template(directory: Path, repository: str = "cats/nine-lives", *, provider: bool = False) -> dict[str, Any]:
    made = cdk.App(outdir=str(directory))
    DeliveryStack(made, "prod", repository, provider=provider)
    made.synth()
    found: dict[str, Any] = json.loads((directory / "ninelives-delivery-prod.template.json").read_text())
    return found


@pytest.fixture(scope="module")
def resources(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    found: dict[str, Any] = _template(tmp_path_factory.mktemp("delivery"))["Resources"]
    return found


def _of(resources: dict[str, Any], kind: str) -> dict[str, Any]:
    [found] = [each["Properties"] for each in resources.values() if each["Type"] == kind]
    return dict(found)


def test_it_trusts_one_environment_of_one_repository(resources: dict[str, Any]) -> None:
    [statement] = _of(resources, "AWS::IAM::Role")["AssumeRolePolicyDocument"]["Statement"]

    assert statement["Action"] == "sts:AssumeRoleWithWebIdentity"
    assert statement["Condition"] == {
        "StringEquals": {
            f"{GITHUB}:aud": "sts.amazonaws.com",
            f"{GITHUB}:sub": "repo:cats/nine-lives:environment:production",
        }
    }


def test_what_it_may_do_itself_is_to_put_the_files_of_the_web_game(resources: dict[str, Any]) -> None:
    statements = _of(resources, "AWS::IAM::Policy")["PolicyDocument"]["Statement"]
    actions = {each for statement in statements for each in _as_list(statement["Action"])}

    assert actions == {"sts:AssumeRole", "ssm:GetParameter", "s3:ListBucket", "s3:PutObject", "s3:DeleteObject"}
    assert "*" not in {str(statement["Resource"]) for statement in statements}


def test_it_becomes_the_two_roles_of_the_cdk_that_deploy_and_no_other(resources: dict[str, Any]) -> None:
    statements = _of(resources, "AWS::IAM::Policy")["PolicyDocument"]["Statement"]
    [roles] = [each["Resource"] for each in statements if each["Action"] == "sts:AssumeRole"]

    assert sorted(str(each).split("cdk-hnb659fds-")[1].split("-role-")[0] for each in roles) == [
        "deploy",
        "file-publishing",
    ]


def test_an_account_that_trusts_github_already_keeps_its_provider(tmp_path: Path, resources: dict[str, Any]) -> None:
    provider = "AWS::IAM::OIDCProvider"
    given = _template(tmp_path, provider=True)["Resources"]

    assert [each["DeletionPolicy"] for each in resources.values() if each["Type"] == provider] == ["Retain"]
    assert provider not in {each["Type"] for each in given.values()}
    assert f"oidc-provider/{GITHUB}" in json.dumps(_of(given, "AWS::IAM::Role"))


@pytest.mark.parametrize("repository", ["cats", "cats/*", "cats/nine lives"])
def test_a_repository_that_is_none_is_trusted_by_nobody(tmp_path: Path, repository: str) -> None:
    with pytest.raises(UserError, match="OWNER/NAME"):
        _template(tmp_path, repository)


def test_it_is_none_of_the_stacks_that_it_deploys(aws: Cloud) -> None:
    assert "delivery" not in STACKS
    assert set(aws.templates) == set(STACKS)


def test_the_command_makes_it_and_tells_its_arn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deployed: list[tuple[list[str], bool]] = []
    monkeypatch.setattr(command, "deploy", lambda c, made, names, account, *, asks: deployed.append((names, asks)))
    role = {"OutputKey": "RoleArn", "OutputValue": "arn:role"}

    class Aws:
        def list_open_id_connect_providers(self) -> dict[str, Any]:
            return {"OpenIDConnectProviderList": [{"Arn": f"arn:aws:iam::1:oidc-provider/{GITHUB}"}]}

        def describe_stacks(self, StackName: str) -> dict[str, Any]:
            return {"Stacks": [{"Outputs": [role]}]}

    told = trust(
        ["cdk"],
        Account("1", "us-east-1"),
        lambda service: Aws(),
        Home(tmp_path, 1),
        repository="cats/nine-lives",
        environment="prod",
        asks=True,
    )

    assert told == "arn:role"
    assert deployed == [(["ninelives-delivery-prod"], True)]
    assert "OIDCProvider" not in (tmp_path / "cdk.delivery" / "ninelives-delivery-prod.template.json").read_text()


def _as_list(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]
