"""Changes for which a deployment is made anew."""

import pytest

from infra.errors import UserError
from infra.local.fingerprint import fingerprint
from infra.local.home import Home
from infra.local.settings import DungeonMaster, dungeon_master_from


@pytest.fixture
def repository(tmp_path):
    for name in ("services/lore/handlers/recall.py", "services/lore/README.md", "services/lore/tests/test_recall.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path


def digest(repository, port=4599, **settings):
    return fingerprint(Home(repository / ".local", port), DungeonMaster(**settings), repository)


@pytest.mark.parametrize("name", ["services/lore/handlers/recall.py", "services/lore/handlers/new.py"])
def test_a_changed_or_new_source_file_calls_for_a_deployment(repository, name):
    before = digest(repository)
    (repository / name).write_text("changed")

    assert digest(repository) != before


@pytest.mark.parametrize("name", ["services/lore/README.md", "services/lore/tests/test_recall.py"])
def test_a_changed_document_or_test_does_not(repository, name):
    before = digest(repository)
    (repository / name).write_text("changed")

    assert digest(repository) == before


@pytest.mark.parametrize(
    "change", [{"port": 4600}, {"provider": "openai"}, {"model": "tabby"}, {"turn_budget": "9"}, {"chaos": "1"}]
)
def test_another_port_or_dungeon_master_calls_for_a_deployment(repository, change):
    assert digest(repository, **change) != digest(repository)


def test_the_dungeon_master_is_read_from_the_environment():
    environment = {
        "NINELIVES_DM": "bedrock",
        "NINELIVES_DM_MODEL": "tabby",
        "NINELIVES_DM_JUDGE": "shadow",
        "NINELIVES_DM_JUDGE_MODEL": "kitten",
        "AWS_ENDPOINT_URL_BEDROCK_RUNTIME": "http://127.0.0.1:9",
    }

    assert dungeon_master_from(environment).context() == {
        "dm_provider": "bedrock",
        "dm_model": "tabby",
        "dm_judge": "shadow",
        "dm_judge_model": "kitten",
        "bedrock_endpoint": "http://127.0.0.1:9",
    }


def test_its_spending_limits_are_read_from_the_environment():
    environment = {
        "NINELIVES_DM_CHEAP_MODEL": "kitten",
        "NINELIVES_DM_TURN_BUDGET": "20000",
        "NINELIVES_DM_CAMPAIGN_BUDGET": "5000000",
        "NINELIVES_DM_STRICT_TOOLS": "1",
        "NINELIVES_DM_STREAM": "0",
    }

    assert dungeon_master_from(environment).context() == {
        "dm_provider": "understudy",
        "dm_cheap_model": "kitten",
        "dm_turn_budget": "20000",
        "dm_campaign_budget": "5000000",
        "dm_strict_tools": "1",
        "dm_stream": "0",
    }


def test_how_a_model_is_asked_and_waited_for_is_read_from_the_environment():
    environment = {
        "NINELIVES_DM": "openai",
        "NINELIVES_DM_MODEL": "any",
        "OPENAI_BASE_URL": "http://127.0.0.1:1/v1",
        "OPENAI_API_KEY_PARAMETER": "/model/key",
        "NINELIVES_DM_TIMEOUT": "120",
        "NINELIVES_DM_FORMAT": "auto",
        "NINELIVES_DM_PROFILE": "small",
    }

    assert dungeon_master_from(environment).context() == {
        "dm_provider": "openai",
        "dm_model": "any",
        "openai_base_url": "http://127.0.0.1:1/v1",
        "openai_api_key_parameter": "/model/key",
        "dm_timeout": "120",
        "dm_format": "auto",
        "dm_profile": "small",
    }


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("NINELIVES_DM_TIMEOUT", "a while", "whole seconds"),
        ("NINELIVES_DM_TIMEOUT", "0", "1 to 240 seconds"),
        ("NINELIVES_DM_TIMEOUT", "241", "1 to 240 seconds"),
        ("NINELIVES_DM_FORMAT", "xml", "tools, json, auto"),
        ("NINELIVES_DM_PROFILE", "tiny", "full, small"),
    ],
)
def test_what_no_model_can_be_asked_with_is_refused_in_one_line(name, value, says):
    with pytest.raises(UserError, match=says):
        dungeon_master_from({name: value})


@pytest.mark.parametrize(("said", "context"), [("1", {"chaos": "1"}), ("0", {}), ("", {}), ("please", {})])
def test_chaos_is_asked_for_by_a_one_and_nothing_else(said, context):
    assert dungeon_master_from({"NINELIVES_CHAOS": said}).context() == {"dm_provider": "understudy", **context}


@pytest.mark.parametrize("limit", ["a dime", "-1", "0.5"])
def test_a_limit_that_is_no_number_is_refused_with_what_to_do(limit):
    with pytest.raises(UserError, match=r"NINELIVES_DM_TURN_BUDGET.*micro-dollars"):
        dungeon_master_from({"NINELIVES_DM_TURN_BUDGET": limit})
