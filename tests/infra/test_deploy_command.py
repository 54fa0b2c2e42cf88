"""`ninelives deploy` says what it needs before it starts anything."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
import typer
from moto import mock_aws

from ninelives.cli import deploy as command

Calls = list[list[str]]


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A shell without credentials, region or configuration, and a home of its own."""
    for name in ("AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("NINELIVES_HOME", str(tmp_path))


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    with mock_aws():
        yield


@pytest.fixture
def prepared(account: None) -> None:
    ssm = boto3.client("ssm", region_name="eu-west-1")
    ssm.put_parameter(Name="/cdk-bootstrap/hnb659fds/version", Value="30", Type="String")


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """What would have been run, npm included."""
    made: Calls = []

    def run(asked: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        made.append(asked)
        return subprocess.CompletedProcess(asked, 0, "", "")

    monkeypatch.setattr(command.subprocess, "run", run)
    monkeypatch.setattr(command, "_built", lambda services: "built")  # packages have tests of their own
    monkeypatch.setattr(command, "_published", lambda environment: "https://nekopolis.example/")  # so has the web game
    return made


def _refusal(capsys: pytest.CaptureFixture[str], **arguments: Any) -> str:
    with pytest.raises(typer.Exit) as refused:
        command.deploy(**arguments)
    assert refused.value.exit_code == 1
    return capsys.readouterr().err


def test_without_a_region_it_asks_for_one(capsys: pytest.CaptureFixture[str], calls: Calls) -> None:
    assert "AWS_REGION" in _refusal(capsys)
    assert calls == []


def test_without_credentials_it_says_which_it_takes(
    capsys: pytest.CaptureFixture[str], calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_REGION", "eu-west-1")

    assert "AWS_PROFILE" in _refusal(capsys)
    assert calls == []


def test_a_region_that_was_never_prepared_is_named_with_the_way_out(
    account: None, capsys: pytest.CaptureFixture[str], calls: Calls
) -> None:
    said = _refusal(capsys)

    assert "eu-west-1" in said
    assert "--bootstrap" in said
    assert not [call for call in calls if "deploy" in call]


def test_it_deploys_every_stack_and_has_nag_look_at_them(prepared: None, calls: Calls) -> None:
    command.deploy()

    [deployed] = [call for call in calls if "deploy" in call]
    assert "--all" in deployed
    assert {"target=aws", "environment=prod", "nag=true"} <= set(deployed)
    assert deployed[deployed.index("--require-approval") + 1] == "broadening"


def test_one_service_is_deployed_alone(prepared: None, calls: Calls) -> None:
    command.deploy(["lore"], environment="staging", yes=True)

    [deployed] = [call for call in calls if "deploy" in call]
    assert "ninelives-staging-lore" in deployed
    assert {"--exclusively", "only=lore"} <= set(deployed)
    assert "--all" not in deployed
    assert deployed[deployed.index("--require-approval") + 1] == "never"


def test_the_command_line_is_the_version_that_reads_our_assemblies(prepared: None, calls: Calls) -> None:
    command.deploy()

    assert any(f"aws-cdk@{command.CDK}" in call for call in calls)


def test_the_chosen_game_master_goes_with_it(prepared: None, calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NINELIVES_DM", "bedrock")
    monkeypatch.setenv("NINELIVES_DM_MODEL", "us.anthropic.claude-sonnet-4-6")

    command.deploy()

    assert {"dm_provider=bedrock", "dm_model=us.anthropic.claude-sonnet-4-6"} <= set(calls[-1])


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"NINELIVES_DM_MODEL": ""}, "NINELIVES_DM_MODEL"),
        ({"NINELIVES_DM_MODEL": "meta.llama4", "NINELIVES_DM_TURN_BUDGET": "20000"}, "no list price"),
    ],
)
def test_a_game_master_of_which_nothing_would_come_is_refused_before_anything_starts(
    capsys: pytest.CaptureFixture[str],
    calls: Calls,
    monkeypatch: pytest.MonkeyPatch,
    settings: dict[str, str],
    says: str,
) -> None:
    for name, value in {"NINELIVES_DM": "bedrock", **settings}.items():
        monkeypatch.setenv(name, value)

    assert says in _refusal(capsys)
    assert calls == []
