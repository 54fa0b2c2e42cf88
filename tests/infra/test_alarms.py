"""Every alarm says what it means and where the page is that says what to do, and that page is there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from infra.errors import UserError
from tests.infra.templates import ALARM, QUEUE, Cloud, Resource, synthesise_stacks

PAGES = Path(__file__).resolve().parents[2] / "docs" / "runbooks"
COMPOSITE = "AWS::CloudWatch::CompositeAlarm"
HEADINGS = [
    "## What it means for players",
    "## How to see it",
    "## What to do first",
    "## How to fix it",
    "## How to know it is over",
]
MODEL = {"dm_provider": "bedrock", "dm_model": "us.anthropic.claude-sonnet-4-6", "model_spend_alarm": "25000000"}


@pytest.fixture(scope="module")
def with_model(tmp_path_factory: pytest.TempPathFactory) -> Cloud:
    return synthesise_stacks(tmp_path_factory.mktemp("model"), target="aws", only="operations", **MODEL)


def _runbook_of(alarm: Resource) -> str:
    found = re.search(r" Runbook: docs/runbooks/([a-z-]+)\.md$", alarm.properties["AlarmDescription"])
    assert found, alarm
    return found[1]


def _page(name: str) -> str:
    return (PAGES / f"{name}.md").read_text()


def _pages() -> set[str]:
    return {path.stem for path in PAGES.glob("*.md")} - {"README"}


def test_every_alarm_names_a_page_that_is_there_and_every_page_is_named(closely: Cloud, with_model: Cloud) -> None:
    named = {_runbook_of(alarm) for cloud in (closely, with_model) for alarm in cloud.all(ALARM, COMPOSITE)}

    assert named == _pages()


@pytest.mark.parametrize("page", sorted(_pages()))
def test_every_page_answers_the_same_questions(page: str) -> None:
    assert [line for line in _page(page).splitlines() if line.startswith("## ")] == HEADINGS


@pytest.mark.parametrize("page", sorted(_pages()))
def test_every_page_is_in_the_index(page: str) -> None:
    assert f"]({page}.md)" in _page("README")


def test_what_a_page_links_to_is_there() -> None:
    for path in PAGES.glob("*.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text()):
            assert (PAGES / target).exists(), f"{path.name}: {target}"


def test_the_commands_of_a_page_exist_with_their_options() -> None:
    import typer.main

    from ninelives.cli.app import app

    known = typer.main.get_command(app)
    for path in PAGES.glob("*.md"):
        for line in re.findall(r"\bninelives ([a-z][^`\n]*)", path.read_text()):
            _resolves(known, line.split(), f"{path.name}: ninelives {line}")


def _resolves(command: Any, words: list[str], where: str) -> None:
    while words and hasattr(command, "commands"):
        assert words[0] in command.commands, where
        command, words = command.commands[words[0]], words[1:]
    options = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= options, where


def test_pages_can_be_linked_where_they_are_served(tmp_path: Path) -> None:
    cloud = synthesise_stacks(tmp_path, target="aws", only="audit", runbook_base_url="https://docs.example/runbooks/")

    for alarm in cloud.all(ALARM):
        assert " Runbook: https://docs.example/runbooks/" in alarm.properties["AlarmDescription"], alarm


def test_every_queue_that_can_hold_a_dead_letter_is_watched_from_the_first_one(aws: Cloud) -> None:
    watched = {
        (alarm.stack, alarm.properties["Dimensions"][0]["Value"]["Fn::GetAtt"][0])
        for alarm in aws.all(ALARM)
        if alarm.properties.get("MetricName") == "ApproximateNumberOfMessagesVisible"
        and (alarm.properties["Threshold"], alarm.properties["EvaluationPeriods"]) == (1, 1)
        and alarm.properties["AlarmActions"]
    }

    assert _dead_letter_queues(aws) <= watched
    assert _dead_letter_queues(aws)


def _dead_letter_queues(cloud: Cloud) -> set[tuple[str, str]]:
    """Queues named by a redrive policy, a rule's target, a stream's failures; and those a function puts failures in."""
    found = set()
    for resource in cloud.all():
        properties = resource.properties
        if resource.type == QUEUE and "RedrivePolicy" in properties:
            found.add((resource.stack, properties["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][0]))
        for target in properties.get("Targets", []) if resource.type == "AWS::Events::Rule" else []:
            found |= {(resource.stack, target["DeadLetterConfig"]["Arn"]["Fn::GetAtt"][0])}
        if failed := properties.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination"):
            found.add((resource.stack, failed["Fn::GetAtt"][0]))
        if resource.type == "AWS::Lambda::Function":
            variables = properties["Environment"]["Variables"]
            for name in ("DEAD_LETTER_QUEUE_URL", "FAILED_TURNS_QUEUE_URL"):
                found |= {(resource.stack, variables[name]["Ref"])} if name in variables else set()
    return found


def test_no_two_alarms_have_one_name(aws: Cloud, closely: Cloud) -> None:
    for cloud in (aws, closely):
        names = [alarm.properties["AlarmName"] for alarm in cloud.all(ALARM, COMPOSITE)]
        assert len(names) == len(set(names))


def test_an_alarm_of_either_watch_has_its_name_to_itself(aws: Cloud, closely: Cloud) -> None:
    """A stack that changes from one to the other makes new alarms before it deletes old ones."""
    one, other = ({each.properties["AlarmName"]: str(each) for each in c.all(ALARM, COMPOSITE)} for c in (aws, closely))

    assert [name for name in one.keys() & other.keys() if one[name] != other[name]] == []


def test_missing_and_altered_facts_are_told_from_the_first_one(aws: Cloud) -> None:
    facts = {
        (alarm.stack, alarm.properties["MetricName"]): alarm.properties
        for alarm in aws.all(ALARM)
        if alarm.properties.get("MetricName") in ("Gaps", "RecordFaults")
    }

    assert set(facts) == {("audit", "RecordFaults"), ("campaign", "Gaps")}
    assert {(each["Threshold"], each["Statistic"]) for each in facts.values()} == {(1, "Sum")}


def test_every_report_of_a_story_is_told_also_where_no_model_tells_it(aws: Cloud) -> None:
    (reports,) = (each for each in aws.all(ALARM) if each.properties.get("MetricName") == "StoriesReported")

    assert (reports.properties["Threshold"], reports.properties["Statistic"]) == (1, "Sum")
    assert reports.properties["AlarmActions"]


def test_a_model_is_watched_for_silence_and_for_its_bill(with_model: Cloud, aws: Cloud) -> None:
    names = {alarm.properties["AlarmName"]: alarm.properties for alarm in with_model.all(ALARM)}

    assert names["ninelives-prod-operations-model-spend"]["Threshold"] == 25_000_000
    assert names["ninelives-prod-operations-understudy-share"]["AlarmActions"]
    assert not [each for each in aws.all(ALARM) if "model-spend" in each.properties["AlarmName"]]


def test_no_spending_limit_is_no_alarm_and_nonsense_is_refused(tmp_path: Path) -> None:

    settings = {**MODEL, "only": "operations", "target": "aws"}
    cloud = synthesise_stacks(tmp_path / "without", **{**settings, "model_spend_alarm": "0"})
    assert not [each for each in cloud.all(ALARM) if "model-spend" in each.properties["AlarmName"]]
    with pytest.raises(UserError, match=r"model_spend_alarm.*micro-dollars"):
        synthesise_stacks(tmp_path / "nonsense", **{**settings, "model_spend_alarm": "much"})


@pytest.mark.parametrize(
    "models",
    [
        {"dm_model": "meta.llama4"},
        {"dm_cheap_model": "meta.llama4"},
        {"dm_judge": "gate", "dm_judge_model": "meta.llama4"},
    ],
    ids=["the model", "the cheap one", "the second reader"],
)
def test_an_alarm_on_spending_that_would_not_count_is_refused(tmp_path: Path, models: dict[str, str]) -> None:
    with pytest.raises(UserError, match=r"model_spend_alarm.*meta\.llama4 has no list price"):
        synthesise_stacks(tmp_path, **{**MODEL, "only": "operations", "target": "aws", **models})
