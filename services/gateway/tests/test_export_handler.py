"""The worker of exports as it is deployed, on a simulated account."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from traceback import format_exception
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import boto3
import pytest

from services.gateway.adapters.cognito.directory import CognitoDirectory
from services.gateway.handlers.export import NotExported
from services.gateway.tests.caches import clear_wiring
from services.gateway.tests.player_client import TABLE, PlayerClient
from services.gateway.tests.test_exports import Listed
from services.gateway.wiring import exporting, player
from stagekit import observe

BUCKET = "archives"


@pytest.fixture
def deployed(game: PlayerClient, other_services: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The API, and its worker. Other services and the pool are doubles."""
    game.stages = Listed()
    game.cognito.add_known("guest-ada", "ada")
    invoked: list[dict[str, Any]] = []
    worker = SimpleNamespace(invoke=lambda **request: invoked.append(request))
    monkeypatch.setattr(player, "_lambda", lambda: worker)
    boto3.client("s3").create_bucket(Bucket=BUCKET)
    environment = {
        "GATEWAY_TABLE": TABLE,
        "EXPORT_FUNCTION": "worker",
        "EXPORTS_BUCKET": BUCKET,
        "USER_POOL_ID": "pool",
        "WEBSOCKET_ENDPOINT": "https://socket.example/live",
        "POWERTOOLS_SERVICE_NAME": f"gateway-{uuid4()}",  # a logger of its own, which writes to this test's output
        "POWERTOOLS_METRICS_NAMESPACE": "NineLives",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    pool: Any = game.cognito
    monkeypatch.setattr(exporting, "service_functions", lambda: game.stages)
    monkeypatch.setattr(exporting, "CognitoDirectory", lambda client, name: CognitoDirectory(pool, name))
    clear_wiring()
    observe.logger.cache_clear()
    context = SimpleNamespace(function_name="f")

    def api(method: str, path: str) -> dict[str, Any]:
        return dict(importlib.import_module("services.gateway.handlers.api").handler(http(method, path), context))

    def work() -> None:
        [asked] = invoked
        assert (asked["FunctionName"], asked["InvocationType"]) == ("worker", "Event")
        importlib.import_module("services.gateway.handlers.export").handler(json.loads(asked["Payload"]), context)

    yield SimpleNamespace(api=api, work=work)
    clear_wiring()
    observe.logger.cache_clear()


def http(method: str, path: str) -> dict[str, Any]:
    claims = {"sub": "ada", "username": "guest-ada", "token_use": "access"}
    return {"rawPath": path, "requestContext": {"http": {"method": method}, "authorizer": {"jwt": {"claims": claims}}}}


def test_an_archive_goes_through_its_worker_and_the_bucket_to_a_link_that_s3_takes(deployed: Any) -> None:
    asked = deployed.api("POST", "/v1/account/export")

    deployed.work()

    shown = json.loads(deployed.api("GET", asked["headers"]["Location"])["body"])
    [stored] = boto3.client("s3").list_objects_v2(Bucket=BUCKET)["Contents"]
    assert (asked["statusCode"], shown["state"]) == (202, "ready")
    assert (stored["Key"], stored["Size"]) == (f"{shown['export_id']}.{shown['sha256'][:16]}.zip", shown["bytes"])
    link = parse_qs(urlsplit(shown["link"]).query)
    assert link["X-Amz-Algorithm"] == ["AWS4-HMAC-SHA256"]  # S3 refuses the older signature that is botocore's default
    assert link["X-Amz-Expires"] == ["300"]
    assert link["response-content-disposition"] == ['attachment; filename="nine-lives.zip"']


def test_an_archive_that_cannot_be_made_is_tried_again_by_lambda_and_no_log_says_what_was_in_it(
    game: PlayerClient, deployed: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    deployed.api("POST", "/v1/account/export")
    game.stages.breaks = RuntimeError("I whispered a secret")

    with pytest.raises(NotExported) as failed:
        deployed.work()

    assert "secret" not in "".join(format_exception(failed.value))
    assert "not exported" in (told := capsys.readouterr().out)
    assert "secret" not in told
