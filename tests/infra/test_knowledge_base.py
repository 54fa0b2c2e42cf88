"""A knowledge base that finds lore: off unless it is named, and then the one that may be asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.constructs.deployment import Deployment
from infra.errors import UserError
from infra.local.settings import dungeon_master_from
from tests.infra.templates import Cloud, synthesise_stacks

RETRIEVE, DESCRIBE = "lore/retrieve_lore", "lore/describe_world"
ID = "KB12345678"


def asks(cloud: Cloud, name: str) -> list[str]:
    """Resources of Bedrock that a function may use, and how."""
    return [
        f"{action} {resource}"
        for statement in cloud.statements_of(name)
        for action in statement.actions
        if action.startswith("bedrock")
        for resource in statement.resources
    ]


def variables(cloud: Cloud, name: str) -> dict[str, str]:
    found: dict[str, str] = cloud.function(name).properties["Environment"]["Variables"]
    return found


def test_the_one_that_is_named_may_be_asked_by_retrieval_alone(tmp_path: Path) -> None:
    cloud = synthesise_stacks(tmp_path, target="aws", only="lore", nag="true", knowledge_base=ID)

    [may] = asks(cloud, RETRIEVE)
    assert may.startswith("bedrock:Retrieve ")
    assert f":knowledge-base/{ID}" in may
    assert variables(cloud, RETRIEVE)["KNOWLEDGE_BASE"] == ID
    assert asks(cloud, DESCRIBE) == []
    assert "KNOWLEDGE_BASE" not in variables(cloud, DESCRIBE)


def test_where_none_is_named_none_may_be_asked(tmp_path: Path) -> None:
    cloud = synthesise_stacks(tmp_path, target="aws", only="lore", nag="true")

    assert asks(cloud, RETRIEVE) == []
    assert "KNOWLEDGE_BASE" not in variables(cloud, RETRIEVE)


def test_the_environment_names_it() -> None:
    assert dungeon_master_from({"NINELIVES_KNOWLEDGE_BASE": ID}).context()["knowledge_base"] == ID
    assert "knowledge_base" not in dungeon_master_from({}).context()


@pytest.mark.parametrize("id", ["lore", f"{ID}*", "arn:aws:bedrock:us-east-1:1:knowledge-base/" + ID])
def test_what_is_no_id_is_refused(id: str) -> None:
    with pytest.raises(UserError, match="ten letters and digits"):
        Deployment.from_context({"knowledge_base": id}, {})
