"""Deploy a cloud assembly through the CloudFormation API: what `cdk deploy --all` does, without its start-up.

Stacks go in parallel, each as soon as the ones it depends on are done. An assembly is read as it is: which
assets are in it is decided by the CDK app.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any

from botocore.exceptions import ClientError

from infra.errors import UserError
from infra.local.assembly import Asset, Stack
from infra.local.aws import Aws

BOOTSTRAP_VERSION = ("/cdk-bootstrap/hnb659fds/version", "31")
CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]
STACK_WITHIN = 180.0  # seconds
PARALLEL = 4
LONGEST = 400
DONE = ("CREATE_COMPLETE", "UPDATE_COMPLETE", "DELETE_COMPLETE")
DEAD = ("ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "DELETE_FAILED")

Report = Callable[[str, str, float], None]


class StackDeployer:
    """Brings the stacks of an assembly into one local cloud."""

    def __init__(self, aws: Aws) -> None:
        self._endpoint = aws.endpoint
        self._cloudformation = aws.client("cloudformation", read_timeout=STACK_WITHIN)
        self._s3 = aws.client("s3")
        self._ssm = aws.client("ssm")

    def deploy(self, stacks: Iterable[Stack], report: Report = lambda name, result, seconds: None) -> None:
        """Bring every stack to its template. Raises UserError naming what failed in the first that does."""
        name, value = BOOTSTRAP_VERSION
        self._ssm.put_parameter(Name=name, Value=value, Type="String", Overwrite=True)
        todo = {stack.name: stack for stack in stacks}
        self._upload({asset for stack in todo.values() for asset in stack.assets})
        running: dict[Future[tuple[str, float]], str] = {}
        finished: set[str] = set()
        with ThreadPoolExecutor(PARALLEL) as pool:
            while todo or running:
                for ready in [stack for stack in todo.values() if stack.after <= finished]:
                    running[pool.submit(self._time_apply, todo.pop(ready.name))] = ready.name
                if not running:
                    raise UserError(f"The stacks {sorted(todo)} wait for each other or for one not there.")
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    finished.add(running[future])
                    report(running.pop(future), *future.result())

    def delete(self, name: str) -> None:
        """Delete a stack and wait until it is gone."""
        self._cloudformation.delete_stack(StackName=name)
        self._await_end(name)

    def _upload(self, assets: set[Asset]) -> None:
        for bucket in {asset.bucket for asset in assets}:
            self._s3.create_bucket(Bucket=bucket)
        for asset in sorted(assets, key=lambda asset: asset.key):
            if not self._stored(asset):
                self._s3.put_object(Bucket=asset.bucket, Key=asset.key, Body=asset.content())

    def _stored(self, asset: Asset) -> bool:
        try:
            self._s3.head_object(Bucket=asset.bucket, Key=asset.key)
        except ClientError:
            return False
        return True  # a key is the hash of its content

    def _time_apply(self, stack: Stack) -> tuple[str, float]:
        started = time.monotonic()
        return self._apply(stack), time.monotonic() - started

    def _apply(self, stack: Stack) -> str:
        status = self._status(stack.name)
        if status in DEAD:
            self.delete(stack.name)
            status = None
        request = {
            "StackName": stack.name,
            "TemplateURL": f"{self._endpoint}/{stack.template.bucket}/{stack.template.key}",
            "Capabilities": CAPABILITIES,
            "Tags": [{"Key": key, "Value": value} for key, value in stack.tags],
        }
        try:
            if status is None:
                self._cloudformation.create_stack(**request)
            else:
                self._cloudformation.update_stack(**request)
        except ClientError as error:
            message = error.response["Error"]["Message"]
            if "No updates are to be performed" in message:
                return "unchanged"
            raise UserError(f"Stack {stack.name} was refused: {_short(message)}") from error
        result = self._await_end(stack.name)
        if result not in DONE:
            raise UserError(f"Stack {stack.name} ended as {result}: {self._reasons(stack.name)}")
        return "created" if status is None else "updated"

    def _status(self, name: str) -> str | None:
        try:
            found = self._cloudformation.describe_stacks(StackName=name)["Stacks"]
        except ClientError:
            return None
        status = str(found[0]["StackStatus"]) if found else None
        return None if status == "DELETE_COMPLETE" else status

    def _await_end(self, name: str) -> str:
        deadline = time.monotonic() + STACK_WITHIN
        while time.monotonic() < deadline:
            status = self._status(name)
            if status is None or not status.endswith("_IN_PROGRESS"):
                return status or "DELETE_COMPLETE"
            time.sleep(0.03)
        raise UserError(f"Stack {name} did not settle within {STACK_WITHIN:.0f} s.")

    def _reasons(self, name: str) -> str:
        """The failures of a stack, oldest first: the first is the cause, the rest follow from it."""
        events: list[dict[str, Any]] = self._cloudformation.describe_stack_events(StackName=name)["StackEvents"]
        failed = [event for event in reversed(events) if event["ResourceStatus"].endswith("_FAILED")]
        lines = [
            f"{event['LogicalResourceId']} ({event['ResourceType']}): "
            f"{_short(event.get('ResourceStatusReason', 'no reason'))}"
            for event in failed
            if "cancelled" not in event.get("ResourceStatusReason", "")
        ]
        return "; ".join(dict.fromkeys(lines)) or "no failed event was recorded"


def _short(message: str) -> str:
    """One line of at most LONGEST characters: the emulator quotes what it refuses, the CDK's stacks are long."""
    line = " ".join(message.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST // 2]} … {line[-LONGEST // 2 :]}"
