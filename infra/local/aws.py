"""boto3 clients that speak to the local cloud and can never speak to a real account."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from infra.local.home import ACCOUNT, REGION, Home

if TYPE_CHECKING:
    from boto3.session import Session

_MAKING = Lock()


class Aws:
    """Gives clients of one local cloud, with an account of its own and no credentials of the host's."""

    def __init__(self, home: Home) -> None:
        self.endpoint = home.endpoint

    def client(self, service: str, read_timeout: float = 60.0) -> Any:
        """The client of `service`; it gives up on a reply after `read_timeout` seconds."""
        with _MAKING:
            return _client(self.endpoint, service, read_timeout)


@cache
def _client(endpoint: str, service: str, read_timeout: float) -> Any:
    """Made once in a process: that takes ten times as long as a call."""
    from botocore.config import Config

    config = Config(
        inject_host_prefix=False,
        read_timeout=read_timeout,
        connect_timeout=5,
        max_pool_connections=32,
        retries={"total_max_attempts": 2},
    )
    make: Callable[..., Any] = _session().client
    return make(service, endpoint_url=endpoint, config=config)


@cache
def _session() -> Session:
    import boto3

    return boto3.Session(aws_access_key_id=ACCOUNT, aws_secret_access_key="local", region_name=REGION)
