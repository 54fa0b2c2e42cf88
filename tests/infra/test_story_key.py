"""The key that manifests are signed with: where a model tells or it is asked for, and for one function alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.permissions.roles import roles
from tests.infra.templates import Cloud, synthesise_stacks


@pytest.fixture(scope="module")
def signing(tmp_path_factory: pytest.TempPathFactory) -> Cloud:
    return synthesise_stacks(tmp_path_factory.mktemp("signing"), target="aws", only="gateway", story_key="true")


def test_without_being_asked_for_no_key_is_paid(aws: Cloud) -> None:
    assert not aws.all("AWS::KMS::Key")


@pytest.mark.parametrize(("said", "keys"), [({}, 1), ({"story_key": "false"}, 0), ({"story_key": "0"}, 0)])
def test_where_a_model_tells_there_is_a_key_unless_the_operator_says_no(
    tmp_path: Path, said: dict[str, str], keys: int
) -> None:
    model = {"dm_provider": "bedrock", "dm_model": "us.anthropic.claude-sonnet-4-6"}

    assert len(synthesise_stacks(tmp_path, target="aws", only="gateway", **model, **said).all("AWS::KMS::Key")) == keys


def test_the_key_signs_on_p256_and_outlives_its_stack(signing: Cloud) -> None:
    [key] = signing.all("AWS::KMS::Key")

    assert (key.properties["KeySpec"], key.properties["KeyUsage"]) == ("ECC_NIST_P256", "SIGN_VERIFY")
    assert key.body["DeletionPolicy"] == "Retain"


def test_the_api_alone_may_sign_and_may_do_nothing_else_with_the_key(signing: Cloud) -> None:
    allowed = {
        (holder, action)
        for holder, role in roles(signing.templates).items()
        for statement in role.statements
        for action in statement["Action"]
        if action.startswith("kms:")
    }

    assert allowed == {("gateway/api", "kms:GetPublicKey"), ("gateway/api", "kms:Sign")}
    variables = signing.function("gateway/api").properties["Environment"]["Variables"]
    assert variables["STORY_KEY_ARN"]
