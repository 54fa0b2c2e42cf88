"""The AWS account that the caller's credentials lead to.

The CDK and every other tool of AWS know AWS_REGION; boto3 knows AWS_DEFAULT_REGION only. Here both count.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from infra.errors import UserError

if TYPE_CHECKING:
    import boto3

NO_REGION = "No AWS region: set AWS_REGION, or `aws configure set region us-east-1`."
WHICH_CREDENTIALS = (
    "set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, of a role that may assume the CDK's deployment "
    "roles."
)


@dataclass(frozen=True)
class Account:
    """An account and the region of it that is meant."""

    id: str
    region: str


def find_account() -> Account:
    """The account and region that the credentials lead to. Raises UserError."""
    with reaching_aws():
        found = _session()
        if not found.region_name:
            raise UserError(NO_REGION)
        return Account(found.client("sts").get_caller_identity()["Account"], found.region_name)


def client(service: str) -> Any:
    """A client of an AWS service in that account. Raises UserError when there is no region or no such profile."""
    from botocore.config import Config

    limits = Config(connect_timeout=5, read_timeout=30, retries={"total_max_attempts": 4, "mode": "standard"})
    with reaching_aws():
        make: Callable[..., Any] = _session().client
        return make(service, config=limits)


def _session() -> boto3.Session:
    import boto3  # only here: loading it takes a moment

    return boto3.Session(region_name=os.environ.get("AWS_REGION") or None)


@contextmanager
def reaching_aws() -> Iterator[None]:
    """The first call that needs credentials: without them it raises UserError, in one line."""
    from botocore.exceptions import BotoCoreError, ClientError, NoRegionError

    try:
        yield
    except NoRegionError as error:
        raise UserError(NO_REGION) from error
    except (BotoCoreError, ClientError) as error:
        raise UserError(f"No usable AWS credentials ({error}): {WHICH_CREDENTIALS}") from error
