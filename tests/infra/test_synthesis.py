"""The app as a whole: its order, its names, and that it says the same thing twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from infra.app import app, stack_of
from infra.assets.contents import SERVICES
from infra.constructs.deployment import Deployment
from infra.errors import UserError
from infra.local.hooks.cloudformation import resource_types
from infra.order import PLATFORM, STACKS, stages
from tests.infra.templates import Cloud, synthesise_stacks
from tests.support.assemblies import shared_assembly

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).resolve().parents[2]


def _names_read(template: dict[str, Any]) -> set[str]:
    defaults = {parameter["Default"] for parameter in template["Parameters"].values()}
    return {name for name in defaults if name.startswith("/ninelives/")}


def _dump(cloud: Cloud) -> str:
    return json.dumps(cloud.templates)


def test_there_is_one_stack_per_service_and_the_platform(aws: Cloud) -> None:
    assert set(aws.templates) == set(STACKS)
    assert set(STACKS) == {"platform", "operations", "web", *SERVICES}


def test_a_stack_is_deployed_after_those_whose_names_it_reads(aws: Cloud) -> None:
    for service, template in aws.templates.items():
        read = {name.split("/")[3] for name in _names_read(template)}
        assert read - {service} <= aws.after[service], service


def test_nothing_is_deployed_after_what_it_does_not_read(closely: Cloud) -> None:
    read = {
        stack: {name.split("/")[3] for name in _names_read(template)} for stack, template in closely.templates.items()
    }

    for stack, others in closely.after.items():
        assert others <= read[stack] | {PLATFORM}, stack


def test_every_stack_has_its_place_in_the_order(aws: Cloud) -> None:
    place = {stack: number for number, stage in enumerate(stages()) for stack in stage}

    assert stages()[0] == (PLATFORM,)
    assert sorted(place) == sorted(STACKS)
    for stack, others in aws.after.items():
        assert all(place[other] < place[stack] for other in others), stack


def test_a_stack_that_is_not_its_modules_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = ModuleType("infra.stacks.nothing")
    monkeypatch.setitem(sys.modules, "infra.stacks.nothing", nothing)

    with pytest.raises(UserError, match=r"infra/stacks/nothing\.py must define one ServiceStack"):
        stack_of("nothing")


def test_stacks_know_each_other_by_parameters_never_by_exports(aws: Cloud) -> None:
    assert '"Export"' not in _dump(aws)
    assert "Fn::ImportValue" not in _dump(aws)


def test_every_name_that_is_read_is_published_by_its_owner(aws: Cloud) -> None:
    published = {each.properties["Name"] for each in aws.all("AWS::SSM::Parameter")}
    read = {name for template in aws.templates.values() for name in _names_read(template)}

    assert read <= published
    assert len(published) == len(aws.all("AWS::SSM::Parameter"))


def test_the_names_that_outsiders_rely_on_are_published(local: Cloud) -> None:
    published = {each.properties["Name"].removeprefix("/ninelives/local/") for each in local.all("AWS::SSM::Parameter")}

    assert {
        "platform/bus-name",
        "platform/archive-name",
        "platform/alarm-topic-arn",
        "gateway/api-id",
        "gateway/state-machine-arn",
        "gateway/user-pool-id",
        "gateway/user-pool-client-id",
        "gateway/queue/failed-turns",
        "campaign/table/campaign",
        "audit/table/audit",
        "lore/fn/retrieve_lore",
    } <= published


def test_the_local_cloud_can_take_every_resource(local: Cloud) -> None:
    """One type it does not know makes it refuse a whole template."""
    assert {resource.type for resource in local.all()} - resource_types() == set()


def test_what_runs_on_a_laptop_is_what_runs_in_aws(local: Cloud, aws: Cloud) -> None:
    """The same resources with the same wiring; only durability, retention and names differ."""

    def kinds(cloud: Cloud) -> list[tuple[str, str]]:
        return sorted((resource.stack, resource.type) for resource in cloud.all())

    assert kinds(local) == kinds(aws)


def test_one_service_can_be_synthesised_without_the_others(tmp_path: Path) -> None:
    from tests.infra.templates import synthesise_stacks

    assert set(synthesise_stacks(tmp_path, target="aws", only="lore").templates) == {"lore"}


def test_nothing_can_be_deleted_by_accident_in_aws(aws: Cloud) -> None:
    manifest = json.loads((aws.directory / "manifest.json").read_text())["artifacts"]
    stacks = [entry for entry in manifest.values() if entry["type"] == "aws:cloudformation:stack"]

    assert all(entry["properties"]["terminationProtection"] for entry in stacks)


@pytest.mark.parametrize(
    ("context", "says"),
    [
        ({"target": "moon"}, "local or aws"),
        ({"dm_provider": "oracle"}, "understudy, bedrock, openai"),
        ({"target": "aws", "dm_provider": "bedrock"}, "dm_model"),
        ({"dm_turn_budget": "a dime"}, "dm_turn_budget.*micro-dollars"),
        ({"dm_campaign_budget": "-1"}, "dm_campaign_budget.*micro-dollars"),
        ({"turn_deadline_seconds": "901"}, "1 to 900"),
        ({"turn_deadline_seconds": "soon"}, "1 to 900"),
        ({"target": "aws", "chaos": "1"}, "prod has players who mind"),
        ({"target": "aws", "environment": "prod", "chaos": "true"}, "prod has players who mind"),
        ({"turns_per_minute": "many"}, "turns_per_minute.*whole number"),
        ({"guests_per_hour": "-3"}, "guests_per_hour.*whole number"),
        ({"web_origins": "*"}, "name each one"),
        ({"web_origins": "https://*.example.org"}, "name each one"),
        ({"web_origins": "https://play.example.org/"}, "name each one"),
        ({"web_origins": "http://play.example.org", "target": "aws"}, "name each one"),
        ({"web_origins": "https://play.example.org,null"}, "name each one"),
    ],
)
def test_a_setting_that_means_nothing_is_refused_with_what_to_do(context: dict[str, Any], says: str) -> None:
    with pytest.raises(UserError, match=says):
        Deployment.from_context(context, {})


def test_a_service_there_is_not_is_refused() -> None:
    with pytest.raises(UserError, match="lair"):
        app({"only": "lair"}, packages={})


def test_the_same_sources_give_the_same_templates(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    here = shared_assembly(tmp_path_factory, "local", target="local")
    _synthesise_elsewhere(tmp_path)

    assert _templates(here) == _templates(tmp_path / "out")
    assert len(_templates(here)) == len(STACKS)


def _synthesise_elsewhere(place: Path) -> None:
    """In another process, under a hash seed of its own."""
    script = "import sys; from pathlib import Path; from tests.support.assemblies import synthesise; "
    script += "synthesise(Path(sys.argv[1]), {'target': 'local'})"
    environment = {**os.environ, "PYTHONHASHSEED": "1"}
    subprocess.run([sys.executable, "-c", script, str(place)], cwd=REPOSITORY, env=environment, check=True)


def _templates(directory: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in directory.glob("*.template.json")}


def test_what_a_failed_creation_leaves_behind_has_no_name_that_the_next_one_needs(aws: Cloud) -> None:
    """A resource kept for ever when it leaves a template is kept too when the creation of its stack is rolled back."""
    kept = [resource for resource in aws.all() if resource.body.get("DeletionPolicy") == "Retain"]

    assert {resource.type for resource in kept} == {"AWS::DynamoDB::Table", "AWS::Cognito::UserPool"}
    assert [str(each) for each in kept if {"TableName", "UserPoolName"} & set(each.properties)] == []


def test_what_has_a_name_and_is_kept_goes_with_a_creation_that_is_rolled_back(aws: Cloud) -> None:
    kept = [each for each in aws.all() if each.body.get("DeletionPolicy") == "RetainExceptOnCreate"]

    named = {"AWS::Logs::LogGroup", "AWS::Events::EventBus", "AWS::Events::Archive"}
    assert {each.type for each in kept} == {*named, "AWS::S3::Bucket"}
    assert {each.body["UpdateReplacePolicy"] for each in kept} == {"Retain"}


def test_a_stack_puts_its_names_one_after_another(aws: Cloud) -> None:
    """An account may put three parameters a second."""
    for stack in aws.templates:
        names = [each for each in aws.all("AWS::SSM::Parameter") if each.stack == stack]
        waits = {each.id: set(each.body.get("DependsOn", [])) & {other.id for other in names} for each in names}
        assert sorted(map(len, waits.values())) == [0, *[1] * (len(names) - 1)], stack
        assert len(set().union(*waits.values())) == len(names) - 1, stack


def test_alarms_are_mailed_to_the_address_that_is_given(aws: Cloud, tmp_path: Path) -> None:
    told = synthesise_stacks(tmp_path, target="aws", only="platform", alarm_email="ops@example.org")

    [mailed] = told.all("AWS::SNS::Subscription")
    assert (mailed.properties["Protocol"], mailed.properties["Endpoint"]) == ("email", "ops@example.org")
    assert aws.all("AWS::SNS::Subscription") == []


def test_no_metric_of_a_single_route_is_paid_for_that_nobody_looks_at(aws: Cloud) -> None:
    for stage in aws.all("AWS::ApiGatewayV2::Stage"):
        settings = [stage.properties["DefaultRouteSettings"], *stage.properties.get("RouteSettings", {}).values()]
        assert not any(each.get("DetailedMetricsEnabled") for each in settings), stage


def test_the_report_of_a_call_that_runbooks_ask_for_is_logged(aws: Cloud) -> None:
    for function in aws.all("AWS::Lambda::Function"):
        assert function.properties["LoggingConfig"]["SystemLogLevel"] == "INFO", function


def test_no_queue_is_asked_in_which_nothing_will_come(aws: Cloud, local: Cloud, tmp_path: Path) -> None:
    """A rebuild's between rebuilds, and that of stories told ahead where the understudy tells them."""
    modelled = synthesise_stacks(
        tmp_path, target="aws", only="gateway", dm_provider="bedrock", dm_model="amazon.nova-lite-v1:0"
    )

    assert _switched_off(aws) == {"campaign/rebuild", "gateway/narrate"}
    assert _switched_off(local) == {"campaign/rebuild"}  # asking costs nothing there
    assert _switched_off(modelled) == set()


def _switched_off(cloud: Cloud) -> set[str]:
    off = [each for each in cloud.all("AWS::Lambda::EventSourceMapping") if each.properties.get("Enabled") is False]
    handlers = {(each.stack, each.id): each.properties["Handler"] for each in cloud.all("AWS::Lambda::Function")}
    parts = [handlers[each.stack, each.properties["FunctionName"]["Ref"]].split(".") for each in off]
    return {f"{part[1]}/{part[3]}" for part in parts}
