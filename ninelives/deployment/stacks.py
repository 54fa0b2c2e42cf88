"""The stacks of an environment as CloudFormation has them, and a way out for those that were never finished."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from botocore.exceptions import ClientError

ABSENT = ("DELETE_COMPLETE", "DELETE_IN_PROGRESS")
UNFINISHED = ("REVIEW_IN_PROGRESS", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED")
"""Stacks whose first creation failed or was declined. They hold nothing and can only be deleted."""


def statuses(cloudformation: Any, names: Iterable[str]) -> dict[str, str]:
    """The status of each of these stacks that there is."""
    found = {name: _status(cloudformation, name) for name in names}
    return {name: status for name, status in found.items() if status is not None}


def is_finished(status: str) -> bool:
    """Whether a stack of this status was created once, so that it may hold something."""
    return status not in UNFINISHED


def unprotect_unfinished(cloudformation: Any, names: Iterable[str]) -> list[str]:
    """Let those be deleted that were never finished; their names. The CDK deletes them before it creates them anew.

    It protects a stack from deletion before anything is in it, and does not take that back when the creation fails.
    """
    unfinished = [name for name, status in statuses(cloudformation, names).items() if not is_finished(status)]
    for name in unfinished:
        cloudformation.update_termination_protection(StackName=name, EnableTerminationProtection=False)
    return unfinished


def delete_unbegun(cloudformation: Any, names: Iterable[str]) -> list[str]:
    """Delete stacks that were announced, and then declined or refused: nothing of them was created. Their names."""
    unbegun = [name for name, status in statuses(cloudformation, names).items() if status == "REVIEW_IN_PROGRESS"]
    for name in unbegun:
        cloudformation.update_termination_protection(StackName=name, EnableTerminationProtection=False)
        cloudformation.delete_stack(StackName=name)
    return unbegun


def _status(cloudformation: Any, name: str) -> str | None:
    try:
        [stack] = cloudformation.describe_stacks(StackName=name)["Stacks"]
    except ClientError as error:
        if "does not exist" in error.response["Error"]["Message"]:
            return None
        raise
    status = str(stack["StackStatus"])
    return None if status in ABSENT else status
