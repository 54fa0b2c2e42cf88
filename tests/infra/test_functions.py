"""Requirements of production on every function."""

from __future__ import annotations

from pathlib import Path

from tests.infra.templates import ALARM, FUNCTION, Cloud, synthesise_stacks

REPOSITORY = Path(__file__).resolve().parents[2]
SLOW = {"dm/invoke_dungeon_master": 25, "dm/judge_narrative": 12}
"""Timeouts of functions that wait for somebody outside, in seconds."""


def _handlers(cloud: Cloud) -> set[str]:
    return {each.properties["Handler"] for each in cloud.all(FUNCTION)}


def test_every_handler_that_is_written_is_deployed_and_the_other_way_round(aws: Cloud) -> None:
    written = {
        f"services.{path.parents[1].name}.handlers.{path.stem}.handler"
        for path in (REPOSITORY / "services").glob("*/handlers/*.py")
        if path.stem != "__init__"
    }

    assert _handlers(aws) == written


def test_functions_run_on_arm_with_the_python_they_are_tested_on(aws: Cloud) -> None:
    for function in aws.all(FUNCTION):
        assert function.properties["Architectures"] == ["arm64"], function
        assert function.properties["Runtime"] == "python3.13", function


def test_nothing_is_traced_unless_it_is_asked_for(aws: Cloud, closely: Cloud) -> None:
    [plain], [traced] = (each.all("AWS::StepFunctions::StateMachine") for each in (aws, closely))

    assert not [each for each in aws.all(FUNCTION) if "TracingConfig" in each.properties]
    assert [s for s in aws.statements() if any(a.startswith("xray:Put") for a in s.actions)] == []
    assert {each.properties["TracingConfig"]["Mode"] for each in closely.all(FUNCTION)} == {"Active"}
    assert not plain.properties.get("TracingConfiguration", {}).get("Enabled")
    assert traced.properties["TracingConfiguration"] == {"Enabled": True}


def test_every_function_logs_json_to_a_group_of_its_own_that_forgets(aws: Cloud) -> None:
    groups = {(each.stack, each.id): each.properties for each in aws.all("AWS::Logs::LogGroup")}
    used = []
    for function in aws.all(FUNCTION):
        logging = function.properties["LoggingConfig"]
        group = groups[function.stack, logging["LogGroup"]["Ref"]]
        used.append((function.stack, logging["LogGroup"]["Ref"]))
        assert logging["LogFormat"] == "JSON", function
        assert group["LogGroupName"] == f"/aws/lambda/{function.properties['FunctionName']}"

    assert len(set(used)) == len(aws.all(FUNCTION))
    assert {group["RetentionInDays"] for group in groups.values()} == {30}


def test_every_function_raises_alarms_on_errors_throttles_and_p99_duration(closely: Cloud) -> None:
    watched: dict[tuple[str, str], set[str]] = {}
    for alarm in closely.all(ALARM):
        for dimension in alarm.properties.get("Dimensions", []):
            if dimension["Name"] == "FunctionName":
                statistic = alarm.properties.get("ExtendedStatistic", alarm.properties.get("Statistic"))
                metric = f"{alarm.properties['MetricName']} {statistic}"
                watched.setdefault((alarm.stack, dimension["Value"]["Ref"]), set()).add(metric)

    for function in closely.all(FUNCTION):
        assert {"Errors Sum", "Throttles Sum", "Duration p99"} <= watched[function.stack, function.id], function


def test_the_p99_alarm_goes_off_before_the_timeout_does(closely: Cloud) -> None:
    timeouts = {(each.stack, each.id): each.properties["Timeout"] * 1000 for each in closely.all(FUNCTION)}
    slow = [each for each in closely.all(ALARM) if each.properties.get("MetricName") == "Duration"]

    assert len(slow) == len(timeouts)
    for alarm in slow:
        timeout = timeouts[alarm.stack, alarm.properties["Dimensions"][0]["Value"]["Ref"]]
        assert 0.5 * timeout < alarm.properties["Threshold"] < timeout, alarm


def test_without_a_close_watch_two_alarms_hear_of_any_function_that_fails_or_is_throttled(aws: Cloud) -> None:
    of_functions = [each.properties for each in aws.all(ALARM) if each.properties.get("Namespace") == "AWS/Lambda"]
    of_all = {each["MetricName"]: each["Threshold"] for each in of_functions if "Dimensions" not in each}

    assert of_all == {"Errors": 5, "Throttles": 1}
    assert {each["MetricName"] for each in of_functions if "Dimensions" in each} == {"IteratorAge"}


def test_every_alarm_tells_the_operators_and_says_what_it_means(aws: Cloud, closely: Cloud) -> None:
    for alarm in (*aws.all(ALARM), *closely.all(ALARM)):
        if "Tells nobody by itself" in alarm.properties["AlarmDescription"]:  # a window: its composite alarm tells
            continue
        assert alarm.properties["AlarmActions"] == [{"Ref": "PlatformAlarmTopicArn"}], alarm
        assert len(alarm.properties["AlarmDescription"]) > 20, alarm
        assert alarm.properties["TreatMissingData"] == "notBreaching", alarm


def _waited_for(cloud: Cloud) -> set[str]:
    """Functions that the turn's workflow or the API invokes, and waits for."""
    read = [each["Default"].split("/")[3:] for each in cloud.templates["gateway"]["Parameters"].values()]
    of_others = {f"{name[0]}/{name[2]}" for name in read if name[1:2] == ["fn"]}
    handlers = {each.id: each.properties["Handler"] for each in cloud.all(FUNCTION) if each.stack == "gateway"}
    [workflow] = cloud.all("AWS::StepFunctions::StateMachine")
    tasks = workflow.properties["DefinitionSubstitutions"].values()
    own = {handlers[task["Fn::GetAtt"][0]].split(".")[3] for task in tasks if "Fn::GetAtt" in task}
    return of_others | {f"gateway/{name}" for name in own}


def test_a_function_ends_before_whoever_waits_for_it_gives_up(aws: Cloud) -> None:
    waited_for = _waited_for(aws)

    assert {"gateway/fail_turn", "lore/describe_world", "tools/execute_tool", *SLOW} <= waited_for
    for name in waited_for:
        assert aws.function(name).properties["Timeout"] == SLOW.get(name, 6), name
    for name, seconds in SLOW.items():
        dm = aws.function(name).properties
        assert int(dm["Environment"]["Variables"]["DM_TIMEOUT_SECONDS"]) < dm["Timeout"] == seconds
    api = aws.function("gateway/api").properties
    assert int(api["Environment"]["Variables"]["MAX_WAIT_SECONDS"]) + 5 < api["Timeout"] < 30


def test_every_function_knows_its_service_and_environment(aws: Cloud) -> None:
    for function in aws.all(FUNCTION):
        variables = function.properties["Environment"]["Variables"]
        assert variables["ENVIRONMENT"] == "prod"
        assert variables["POWERTOOLS_SERVICE_NAME"] == function.stack
        assert variables["POWERTOOLS_METRICS_NAMESPACE"] == "NineLives"


def test_no_secret_is_in_an_environment_variable(aws: Cloud) -> None:
    for function in aws.all(FUNCTION):
        for name in function.properties["Environment"]["Variables"]:
            assert not {"SECRET", "PASSWORD", "TOKEN", "API_KEY"} & set(name.split("_")), f"{function}: {name}"


def test_the_game_master_knows_its_limits(tmp_path: Path) -> None:
    limits = {
        "dm_turn_budget": "20000",
        "dm_campaign_budget": "5000000",
        "dm_cheap_model": "haiku",
        "dm_strict_tools": "1",
        "dm_stream": "0",
        "dm_format": "auto",
        "dm_profile": "small",
    }
    cloud = synthesise_stacks(tmp_path, target="local", only="dm", **limits)
    variables = cloud.function("dm/invoke_dungeon_master").properties["Environment"]["Variables"]

    assert variables["DM_TURN_BUDGET_MICRO_DOLLARS"] == "20000"
    assert variables["DM_CAMPAIGN_BUDGET_MICRO_DOLLARS"] == "5000000"
    assert (variables["DM_FORMAT"], variables["DM_PROFILE"]) == ("auto", "small")
    assert (variables["DM_CHEAP_MODEL"], variables["DM_STRICT_TOOLS"], variables["DM_STREAM"]) == ("haiku", "1", "0")


def test_the_game_master_breaks_on_purpose_only_where_the_operator_says_so(tmp_path: Path, aws: Cloud) -> None:
    broken = synthesise_stacks(tmp_path, target="local", only="dm", chaos="1").function("dm/invoke_dungeon_master")

    assert broken.properties["Environment"]["Variables"]["CHAOS"] == "1"
    assert "CHAOS" not in aws.function("dm/invoke_dungeon_master").properties["Environment"]["Variables"]


def test_without_limits_the_game_master_has_none(aws: Cloud) -> None:
    variables = aws.function("dm/invoke_dungeon_master").properties["Environment"]["Variables"]

    assert not {
        name for name in variables if "BUDGET" in name or name in ("DM_CHEAP_MODEL", "DM_STRICT_TOOLS", "DM_STREAM")
    }
