"""Behaviour of Step Functions that the hooks restore."""

import json
import time

import pytest

from infra.local.hooks.workflow_retry import delay

PASS = {"Only": {"Type": "Pass", "End": True}}
FAIL_UNTIL = """
    class Busy(Exception): ...
    class Broken(Exception): ...
    calls = []
    def handler(event, context):
        calls.append(1)
        if len(calls) <= event.get("busy", 0): raise Busy("later")
        if event.get("broken"): raise Broken("never")
        return len(calls)
"""


def task(function, **more):
    arguments = {"FunctionName": function, "Payload": "{% $states.input %}"}
    return {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Arguments": arguments,
        "Output": "{% $states.result.Payload %}",
        "End": True,
    } | more


def retry(error, **more):
    return [{"ErrorEquals": [error], "IntervalSeconds": 1, "MaxAttempts": 3, "BackoffRate": 1, **more}]


def test_a_workflow_starts_at_once(cloud):
    machine, seconds = cloud.workflow(PASS), []
    for _ in range(5):
        started = time.perf_counter()
        assert cloud.run(machine)["status"] == "SUCCEEDED"
        seconds.append(time.perf_counter() - started)

    assert min(seconds) < 0.14  # the emulator alone pauses 150 ms before every execution


def test_a_retry_matches_the_class_name_of_the_exception(cloud):
    state = task(cloud.function(FAIL_UNTIL), Retry=retry("Busy", MaxDelaySeconds=1, JitterStrategy="FULL"))
    result = cloud.run(cloud.workflow({"Call": state}), {"busy": 1})

    assert json.loads(result["output"]) == 2


def test_an_error_that_no_retry_names_is_caught_at_once_with_its_payload_as_the_cause(cloud):
    states = {
        "Call": task(
            cloud.function(FAIL_UNTIL),
            Retry=retry("Busy"),
            Catch=[{"ErrorEquals": ["Broken"], "Next": "Caught", "Output": "{% $states.errorOutput %}"}],
        ),
        "Caught": {"Type": "Pass", "End": True},
    }
    caught = json.loads(cloud.run(cloud.workflow(states), {"broken": True})["output"])

    assert caught["Error"] == "Broken"
    assert json.loads(caught["Cause"])["errorMessage"] == "never"


def test_a_throttled_function_is_retried_under_the_name_of_a_throttle(cloud):
    function = cloud.function(FAIL_UNTIL)
    cloud.client("lambda").put_function_concurrency(FunctionName=function, ReservedConcurrentExecutions=0)
    result = cloud.run(cloud.workflow({"Call": task(function)}))

    assert result["error"] == "Lambda.TooManyRequestsException"


@pytest.mark.parametrize(("retries", "seconds"), [(0, 1), (1, 3), (2, 5), (9, 5)])
def test_the_delay_grows_by_the_backoff_rate_up_to_the_maximum(retries, seconds):
    assert delay({"IntervalSeconds": 1, "BackoffRate": 3, "MaxDelaySeconds": 5}, retries) == seconds


def test_full_jitter_draws_anything_from_nothing_to_the_delay():
    retrier = {"IntervalSeconds": 2, "BackoffRate": 2, "JitterStrategy": "FULL"}
    drawn = [delay(retrier, 1) for _ in range(500)]

    assert 0 <= min(drawn) < 0.5
    assert 3.5 < max(drawn) <= 4


def test_the_emulator_waits_no_longer_than_the_maximum_delay(cloud):
    patient = retry("Busy", BackoffRate=10, MaxDelaySeconds=1)
    machine = cloud.workflow({"Call": task(cloud.function(FAIL_UNTIL), Retry=patient)})
    started = time.perf_counter()
    cloud.run(machine, {"busy": 2})

    assert 2 <= time.perf_counter() - started < 4  # 1 s + 1 s; without the maximum 1 s + 10 s


def test_an_execution_ends_when_the_time_of_its_state_machine_is_up(cloud):
    slow = cloud.function("import time\ndef handler(event, context): time.sleep(3)")
    machine = cloud.workflow({"Slow": task(slow, Retry=retry("States.ALL"))}, TimeoutSeconds=1)
    started = time.perf_counter()
    result = cloud.run(machine)

    assert result["status"] == "TIMED_OUT"
    assert time.perf_counter() - started < 2


def test_an_execution_that_timed_out_enters_no_further_state(cloud):
    url, _ = cloud.queue()
    slow = cloud.function("import time\ndef handler(event, context): time.sleep(1.3)")
    send = {
        "Type": "Task",
        "Resource": "arn:aws:states:::sqs:sendMessage",
        "Arguments": {"QueueUrl": url, "MessageBody": "too late"},
        "End": True,
    }
    late = task(slow, Next="Send")
    del late["End"]
    cloud.run(cloud.workflow({"Slow": late, "Send": send}, TimeoutSeconds=1))

    assert cloud.messages(url, WaitTimeSeconds=1) == []


def test_an_execution_logs_its_events_to_its_log_group(cloud):
    logs, group = cloud.client("logs"), cloud.name("/aws/vendedlogs/states/workflow")
    logs.create_log_group(logGroupName=group)
    arn = logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"][0]["arn"]
    destination = {"cloudWatchLogsLogGroup": {"logGroupArn": arn}}
    configuration = {"level": "ALL", "includeExecutionData": True, "destinations": [destination]}
    cloud.run(cloud.workflow(PASS, loggingConfiguration=configuration), {"lives": 9})

    events = [json.loads(event["message"]) for event in logs.filter_log_events(logGroupName=group)["events"]]
    expected = ["ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionSucceeded"]
    assert [event["type"] for event in events] == expected
    assert json.loads(events[1]["details"]["input"]) == {"lives": 9}


def test_an_execution_without_execution_data_logs_no_payload(cloud):
    logs, group = cloud.client("logs"), cloud.name("/aws/vendedlogs/states/workflow")
    logs.create_log_group(logGroupName=group)
    arn = logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"][0]["arn"]
    destination = {"cloudWatchLogsLogGroup": {"logGroupArn": arn}}
    machine = cloud.workflow(PASS, loggingConfiguration={"level": "ALL", "destinations": [destination]})
    cloud.run(machine, {"secret": "catnip"})

    assert "catnip" not in json.dumps(logs.filter_log_events(logGroupName=group)["events"])


def test_finished_executions_are_forgotten_but_for_the_latest():
    from ministack.services import stepfunctions

    from infra.local.hooks import retention

    kept = {f"run-{n}": {"status": "SUCCEEDED"} for n in range(retention.EXECUTIONS + 5)}
    for arn, execution in ({"old": {"status": "RUNNING"}} | kept).items():
        stepfunctions._executions[arn] = execution
    retention.prune()

    left = set(stepfunctions._executions.keys())
    assert left == {"old"} | {f"run-{n}" for n in range(5, retention.EXECUTIONS + 5)}
