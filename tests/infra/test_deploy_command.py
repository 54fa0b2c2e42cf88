"""`ninelives deploy` says what it needs, what the account lacks and what it will do, before it starts anything."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from infra.errors import UserError
from infra.local.home import Home
from ninelives.cli import deploy as command
from ninelives.deployment import assembly, cdk, checks
from ninelives.environment import find_environment

Calls = list[list[str]]
NOBODY = ("AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A shell without credentials, region or configuration, and a home of its own."""
    for name in NOBODY:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("NINELIVES_HOME", str(tmp_path))


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with mock_aws():
        monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)
        monkeypatch.setenv("AWS_REGION", "eu-west-1")
        yield


@pytest.fixture
def prepared(account: None, monkeypatch: pytest.MonkeyPatch) -> None:
    ssm = boto3.client("ssm", region_name="eu-west-1")
    ssm.put_parameter(Name="/cdk-bootstrap/hnb659fds/version", Value="30", Type="String")
    for name in ("check_concurrency", "check_mail"):  # they have tests of their own
        monkeypatch.setattr(checks, name, lambda client, *_: iter(()))


@pytest.fixture
def context() -> dict[str, str]:
    """The context that would have been synthesised."""
    return {}


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch, context: dict[str, str]) -> Calls:
    """The commands that would have been run."""
    made: Calls = []

    def run(asked: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        made.append(asked)
        return subprocess.CompletedProcess(asked, 0, "", "")

    def synthesise(home: Home, given: Mapping[str, str]) -> Path:
        context.update(given)
        made = home.path / "cdk.aws"
        made.mkdir(parents=True, exist_ok=True)
        (made / "manifest.json").write_text(json.dumps({"artifacts": {}}))
        return made

    def build(services: Sequence[str]) -> str:
        return "built"

    monkeypatch.setattr(cdk.subprocess, "run", run)
    monkeypatch.setattr(cdk, "install", lambda: ["cdk"])
    monkeypatch.setattr(assembly, "synthesise", synthesise)
    monkeypatch.setattr(assembly, "build_packages", build)
    monkeypatch.setattr(command, "_publish_web", lambda environment: "https://nekopolis.example/")
    return made


def _refusal(**arguments: Any) -> str:
    with pytest.raises(UserError) as refused:
        command.deploy(**arguments)
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_without_a_region_it_asks_for_one(calls: Calls) -> None:
    assert "set AWS_REGION" in _refusal()
    assert calls == []


def test_without_credentials_it_says_which_it_takes(calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_REGION", "eu-west-1")

    assert "AWS_PROFILE" in _refusal()
    assert calls == []


def test_a_profile_that_there_is_not_is_named(calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "tomcat")

    assert "tomcat" in _refusal()


def test_the_region_of_a_profile_counts_and_another_one_in_the_shell_counts_more(
    prepared: None, calls: Calls, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "config").write_text("[profile cat]\nregion = eu-north-1\n")
    monkeypatch.setenv("AWS_PROFILE", "cat")
    command.deploy(["lore"], yes=True)
    assert "eu-west-1" in capsys.readouterr().err

    monkeypatch.delenv("AWS_REGION")
    assert "eu-north-1 is not prepared" in _refusal()


def test_an_operators_command_finds_the_region_where_the_deployment_does(account: None) -> None:
    ssm = boto3.client("ssm", region_name="eu-west-1")
    ssm.put_parameter(Name="/ninelives/prod/web/bucket", Value="files", Type="String")

    assert find_environment("prod").find("web", "bucket") == "files"


@pytest.mark.parametrize(("region", "says"), [("", "set AWS_REGION"), ("eu-west-1", "set AWS_PROFILE")])
def test_an_operators_command_says_what_the_shell_lacks(
    region: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_REGION", region)

    with pytest.raises(UserError, match=says):
        find_environment("prod")


def test_a_region_that_was_never_prepared_is_named_with_the_way_out(account: None, calls: Calls) -> None:
    said = _refusal()

    assert "eu-west-1" in said
    assert "--bootstrap" in said
    assert calls == []


def test_it_deploys_every_stack_and_has_nag_look_at_them(prepared: None, calls: Calls, context: dict[str, str]) -> None:
    command.deploy(yes=True)

    [deployed] = calls
    assert "--all" in deployed
    assert (context["target"], context["environment"], context["nag"]) == ("aws", "prod", "true")


def test_one_service_is_deployed_alone(prepared: None, calls: Calls, context: dict[str, str]) -> None:
    command.deploy(["lore"], environment="staging", yes=True)

    [deployed] = calls
    assert {"ninelives-staging-lore", "--exclusively"} <= set(deployed)
    assert context["only"] == "lore"
    assert "--all" not in deployed


def test_a_service_that_there_is_not_is_named(calls: Calls) -> None:
    assert "catnip" in _refusal(services=["catnip"])


@pytest.mark.parametrize("yes", [True, False])
def test_it_never_asks_in_between_several_stacks(
    prepared: None, calls: Calls, monkeypatch: pytest.MonkeyPatch, yes: bool
) -> None:
    """The CDK refuses to, after it has begun."""
    boto3.client("cloudformation", region_name="eu-west-1").create_stack(
        StackName="ninelives-prod-lore", TemplateBody=json.dumps({"Resources": {"T": {"Type": "AWS::SNS::Topic"}}})
    )

    command.deploy(yes=yes)

    [deployed] = calls
    at_once = deployed[deployed.index("--concurrency") + 1]
    approval = deployed[deployed.index("--require-approval") + 1]
    assert (at_once, approval) == (("4", "never") if yes else ("1", "broadening"))


def test_with_nobody_to_ask_a_first_deployment_is_refused_with_the_way_to_say_yes(prepared: None, calls: Calls) -> None:
    assert "make deploy YES=1" in _refusal()
    assert calls == []


def test_it_says_what_it_will_create_and_what_that_costs(
    prepared: None, calls: Calls, capsys: pytest.CaptureFixture[str]
) -> None:
    command.deploy(yes=True)

    said = capsys.readouterr().err
    assert "11 stacks to create, 0 to bring up to date" in said
    assert "At rest they cost $" in said
    assert "the understudy" in said


def test_the_chosen_game_master_goes_with_it(
    prepared: None, calls: Calls, context: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "check_model", lambda client, model: iter(()))
    monkeypatch.setenv("NINELIVES_DM", "bedrock")
    monkeypatch.setenv("NINELIVES_DM_MODEL", "us.anthropic.claude-sonnet-4-6")

    command.deploy(yes=True)

    assert (context["dm_provider"], context["dm_model"]) == ("bedrock", "us.anthropic.claude-sonnet-4-6")


def test_any_setting_of_the_app_can_be_given(prepared: None, calls: Calls, context: dict[str, str]) -> None:
    command.deploy(yes=True, context=["web_origins=https://a.example,https://b.example", "turns_per_minute=5"])

    assert context["web_origins"] == "https://a.example,https://b.example"
    assert context["turns_per_minute"] == "5"


def test_a_setting_without_a_value_is_refused(calls: Calls) -> None:
    assert "KEY=VALUE" in _refusal(context=["turns_per_minute"])


def test_what_would_make_it_fail_stops_it(
    prepared: None, calls: Calls, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "check_mail", lambda client, *_: iter([checks.AccountFinding("no such sender", True)]))

    assert "Nothing was deployed" in _refusal(yes=True)
    assert "no such sender" in capsys.readouterr().err
    assert calls == []


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"NINELIVES_DM_MODEL": ""}, "NINELIVES_DM_MODEL"),
        ({"NINELIVES_DM_MODEL": "meta.llama4", "NINELIVES_DM_TURN_BUDGET": "20000"}, "no list price"),
    ],
)
def test_a_game_master_of_which_nothing_would_come_is_refused_before_anything_starts(
    calls: Calls, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], says: str
) -> None:
    for name, value in {"NINELIVES_DM": "bedrock", **settings}.items():
        monkeypatch.setenv(name, value)

    assert says in _refusal()
    assert calls == []


def test_what_would_be_deployed_is_written_without_an_account(
    calls: Calls, context: dict[str, str], tmp_path: Path
) -> None:
    command.deploy(["lore"], to=tmp_path / "made")

    assert (context["only"], context["target"]) == ("lore", "aws")
    assert (tmp_path / "made" / "manifest.json").is_file()
    assert calls == []
