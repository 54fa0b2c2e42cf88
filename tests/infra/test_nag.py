"""cdk-nag's rules for AWS solutions and for serverless hold, apart from exceptions with a written reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.app import app
from tests.infra.templates import synthesise_stacks

MODEL = {"dm_provider": "bedrock", "dm_model": "us.anthropic.claude-sonnet-4-6"}


OPTIONS = {
    "story_key": "true",
    "watched_closely": "true",
    "traces": "true",
    "alarm_email": "ops@example.org",
    "mail_from": "cat@example.org",
    "knowledge_base": "ABCDEFGHIJ",
    "web_origins": "https://play.example.org",
    "starts": "snapstart",
}


@pytest.mark.parametrize("settings", [{}, MODEL, OPTIONS], ids=["understudy", "bedrock", "options"])
def test_every_finding_has_been_answered(tmp_path: Path, settings: dict[str, str]) -> None:
    synthesise_stacks(tmp_path, target="aws", nag="true", **settings)  # raises on a finding nobody answered


def test_the_rules_are_really_asked(tmp_path: Path) -> None:
    import aws_cdk as cdk
    from aws_cdk import aws_sqs as sqs

    careless = app({"target": "aws", "only": "platform", "nag": "true"}, str(tmp_path), packages={})
    sqs.Queue(cdk.Stack(careless, "careless"), "Queue")

    with pytest.raises(RuntimeError) as refused:
        careless.synth()

    assert "AwsSolutions-SQS4" in str(refused.value)
    assert "Serverless-SQSRedrivePolicy" in str(refused.value)
