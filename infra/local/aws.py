"""boto3 clients that speak to the local cloud and can never speak to a real account."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from infra.local.home import ACCOUNT, REGION, Home

if TYPE_CHECKING:
    from boto3.session import Session


class Aws:
    """Makes clients for one local cloud, with an account of its own and no credentials of the host's."""

    def __init__(self, home: Home) -> None:
        import boto3

        self.endpoint = home.endpoint
        self._session: Session = boto3.Session(
            aws_access_key_id=ACCOUNT, aws_secret_access_key="local", region_name=REGION
        )

    def client(self, service: str, read_timeout: float = 60.0) -> Any:
        """A client of `service`; give up on a reply after `read_timeout` seconds."""
        from botocore.config import Config

        config = Config(
            inject_host_prefix=False,
            read_timeout=read_timeout,
            connect_timeout=5,
            max_pool_connections=32,
            retries={"total_max_attempts": 2},
        )
        make: Callable[..., Any] = self._session.client
        return make(service, endpoint_url=self.endpoint, config=config)
