"""Behaviour of AWS Lambda that the hooks restore."""

import os
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

from infra.local import emulator
from infra.local.workers import workers_of

RAISE = """
    class PriceTooHigh(Exception): ...
    def handler(event, context): raise PriceTooHigh("nine lives")
"""
SLEEP = """
    import time
    def handler(event, context): time.sleep(event); return "awake"
"""
COUNT = """
    calls = 0
    def handler(event, context):
        global calls
        calls += 1
        if event == "fail": raise ValueError(event)
        return calls
"""


def test_a_handler_exception_is_reported_by_its_class_name(cloud):
    payload, error = cloud.invoke(cloud.function(RAISE))

    assert error == "Unhandled"
    assert (payload["errorType"], payload["errorMessage"]) == ("PriceTooHigh", "nine lives")
    assert "raise PriceTooHigh" in "".join(payload["stackTrace"])


def test_a_worker_survives_an_exception_of_its_handler(cloud):
    function = cloud.function(COUNT)

    assert [cloud.invoke(function, event)[0] for event in (1, 2)] == [1, 2]
    cloud.invoke(function, "fail")
    assert cloud.invoke(function, 4) == (4, None)


def test_a_worker_killed_in_mid_call_is_a_runtime_exit_error_and_the_next_call_works(cloud):
    function = cloud.function(SLEEP, timeout=20)
    cloud.invoke(function, 0)
    with ThreadPoolExecutor(1) as pool:
        call = pool.submit(cloud.invoke, function, 10)
        time.sleep(0.3)
        (worker,) = workers_of(cloud.home, function)
        os.kill(worker, signal.SIGKILL)
        payload, error = call.result(timeout=5)

    assert (payload["errorType"], error) == ("Runtime.ExitError", "Unhandled")
    assert "signal: killed" in payload["errorMessage"]
    assert cloud.invoke(function, 0) == ("awake", None)


def test_a_handler_that_leaves_the_process_is_a_runtime_exit_error(cloud):
    payload, _ = cloud.invoke(cloud.function("def handler(event, context): raise SystemExit(3)"))

    assert payload["errorType"] == "Runtime.ExitError"


def test_a_call_over_the_function_timeout_is_a_sandbox_timeout(cloud):
    payload, error = cloud.invoke(cloud.function(SLEEP, timeout=1), 5)

    assert (payload["errorType"], error) == ("Sandbox.Timedout", "Unhandled")
    assert "timed out after 1.00 seconds" in payload["errorMessage"]


def test_code_that_cannot_be_imported_is_an_import_module_error(cloud):
    payload, _ = cloud.invoke(cloud.function("import no_such_module\ndef handler(event, context): ..."))

    assert payload["errorType"] == "Runtime.ImportModuleError"
    assert "no_such_module" in payload["errorMessage"]


def test_a_result_that_is_not_json_is_a_marshal_error(cloud):
    payload, _ = cloud.invoke(cloud.function("def handler(event, context): return object()"))

    assert payload["errorType"] == "Runtime.MarshalError"


def test_a_silent_call_is_not_kept_waiting_for_output(cloud):
    function = cloud.function("def handler(event, context): return event")
    cloud.invoke(function)
    seconds = []
    for _ in range(20):
        started = time.perf_counter()
        cloud.invoke(function)
        seconds.append(time.perf_counter() - started)

    assert min(seconds) < 0.045  # the emulator alone waits 50 ms


def test_what_a_handler_prints_reaches_its_log_group(cloud):
    function = cloud.function("def handler(event, context): print('meow', event)")
    cloud.invoke(function, 9)

    events = cloud.client("logs").filter_log_events(logGroupName=f"/aws/lambda/{function}")["events"]
    assert any("meow 9" in event["message"] for event in events)


def test_a_cold_start_imports_nothing_that_the_function_does_not(cloud):
    function = cloud.function("import sys\ndef handler(event, context): return 'botocore' in sys.modules")

    assert cloud.invoke(function) == (False, None)


def test_a_function_sees_nothing_of_the_environment_of_the_host(cloud):
    function = cloud.function("import os\ndef handler(event, context): return dict(os.environ)")
    seen, _ = cloud.invoke(function)

    assert cloud.secret not in seen.values()
    assert {"AWS_REGION", "AWS_ENDPOINT_URL", "LAMBDA_TASK_ROOT"} <= set(seen)


def test_the_workers_of_a_function_share_one_copy_of_its_code(cloud):
    function = cloud.function("import os, time\ndef handler(event, context): time.sleep(0.3); return os.getcwd()")
    with ThreadPoolExecutor(2) as pool:
        places = {payload for payload, _ in pool.map(lambda _: cloud.invoke(function), range(2))}

    assert len(workers_of(cloud.home, function)) == 2
    assert len(places) == 1


def test_new_code_of_a_function_is_what_its_next_call_runs(cloud):
    function = cloud.function("def handler(event, context): return 'old'")
    assert cloud.invoke(function) == ("old", None)
    cloud.update(function, "def handler(event, context): return 'new'")

    assert cloud.invoke(function) == ("new", None)


def test_a_function_that_was_warmed_is_called_without_a_cold_start(cloud):
    function = cloud.function("import os\ndef handler(event, context): return os.getpid()")
    broken = cloud.function("import no_such_module")
    emulator.warm(cloud.home)
    (worker,) = workers_of(cloud.home, function)

    assert workers_of(cloud.home, broken) == []
    assert cloud.invoke(function) == (worker, None)


def test_the_log_of_a_call_holds_all_that_the_call_printed_and_nothing_else(cloud):
    function = cloud.function("def handler(event, context): print('\\n'.join([f'line {event}'] * 500))")
    for call in range(3):
        cloud.invoke(function, call)
        logs = cloud.client("logs")
        events = [
            event["message"]
            for page in logs.get_paginator("filter_log_events").paginate(logGroupName=f"/aws/lambda/{function}")
            for event in page["events"]
        ]
        assert [events.count(f"line {n}") for n in range(call + 2)] == [500] * (call + 1) + [0]
        assert not any("end_of_the_output" in event for event in events)


def test_workers_that_were_forked_from_one_process_share_no_chance(cloud):
    function = cloud.function(
        "import os, random, time\ndef handler(event, context): time.sleep(0.3); return [os.getpid(), random.random()]"
    )
    with ThreadPoolExecutor(2) as pool:
        said = [payload for payload, _ in pool.map(lambda _: cloud.invoke(function), range(2))]

    assert len({process for process, _ in said}) == len({chance for _, chance in said}) == 2


def test_a_library_that_was_loaded_ahead_is_there_for_whoever_imports_it(cloud):
    function = cloud.function("""
        import sys
        before = "boto3" in sys.modules
        import boto3
        from importlib.resources import files
        def handler(event, context):
            client = boto3.client("dynamodb", endpoint_url="http://127.0.0.1:1", region_name="us-east-1")
            return [before, "boto3" in sys.modules, client.meta.service_model.service_name, files("certifi").is_dir()]
    """)

    assert cloud.invoke(function) == ([False, True, "dynamodb", True], None)


def test_workers_end_with_their_cloud(restartable):
    worker, _ = restartable.invoke(restartable.function("import os\ndef handler(event, context): return os.getpid()"))
    assert is_alive(worker)

    emulator.stop(restartable.home)

    assert not is_alive(worker)


def is_alive(process: int) -> bool:
    listed = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False)
    return listed.stdout.strip()[:1] not in ("", "Z")
