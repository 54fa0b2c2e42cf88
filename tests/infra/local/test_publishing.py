"""The web game's files on their way to a bucket: what is put, what is taken away, and what the page is told."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from infra.environment import Environment, UnknownEnvironment
from infra.errors import UserError
from infra.web import config, deployment
from infra.web.files import WEB, File, files, transfer_size
from infra.web.publishing import PublishedFiles, publish
from ninelives import environment as environments
from ninelives.cli import deploy

BUCKET = "nekopolis"
PAGE, CODE, STYLE = "index.html", "js/main.js", "css/base.css"
NAMES = {
    "gateway/api-id": "api1",
    "gateway/ws-api-id": "ws1",
    "web/bucket": BUCKET,
    "web/domain": "d1.cloudfront.net",
}
BUDGET = 150 * 1024
"""Gzipped bytes of the whole game."""
NOTHING = PublishedFiles((), ())


class Bucket:
    """A bucket, and what was done to it, in order."""

    def __init__(self) -> None:
        self.client: Any = boto3.client("s3", region_name="us-east-1")
        self.client.create_bucket(Bucket=BUCKET)
        self.done: list[str] = []
        for operation in ("PutObject", "DeleteObject"):
            self.client.meta.events.register(f"before-parameter-build.s3.{operation}", self._note)

    def _note(self, params: Any, model: Any, **_: Any) -> None:
        self.done.append(f"{model.name} {params['Key']}")

    def put(self, path: str, content: bytes = b"old") -> None:
        self.client.put_object(Bucket=BUCKET, Key=path, Body=content)
        self.done.clear()

    def get(self, path: str) -> Any:
        return self.client.get_object(Bucket=BUCKET, Key=path)

    @property
    def paths(self) -> set[str]:
        return {each["Key"] for each in self.client.list_objects_v2(Bucket=BUCKET).get("Contents", ())}


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
    with mock_aws():
        yield Bucket()


@pytest.fixture
def deployed(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> Environment:
    """An environment of the account that has published its names."""
    clients = {"s3": bucket.client}
    there = Environment("prod", NAMES, clients.__getitem__)
    monkeypatch.setattr(environments, "find_environment", {"prod": there}.__getitem__)
    return there


def game(**changed: bytes) -> list[File]:
    return [File(path, changed.get(Path(path).stem, b"new")) for path in (PAGE, CODE, STYLE)]


# What is put


def test_a_first_time_puts_everything_and_a_second_nothing(bucket: Bucket) -> None:
    first = publish(bucket.client, BUCKET, game())
    bucket.done.clear()
    second = publish(bucket.client, BUCKET, game())

    assert set(first.put) == bucket.paths == {PAGE, CODE, STYLE}
    assert (second, bucket.done) == (NOTHING, [])


def test_only_what_differs_is_put(bucket: Bucket) -> None:
    publish(bucket.client, BUCKET, game())
    bucket.done.clear()

    assert publish(bucket.client, BUCKET, game(main=b"newer")) == PublishedFiles((CODE,), ())
    assert bucket.done == [f"PutObject {CODE}"]
    assert bucket.get(CODE)["Body"].read() == b"newer"


def test_pages_come_after_what_they_load_and_before_what_goes(bucket: Bucket) -> None:
    bucket.put("css/zebra.css")
    publish(bucket.client, BUCKET, [*game(), File("share.html", b"new")])

    assert bucket.done == [
        f"PutObject {STYLE}",
        f"PutObject {CODE}",
        f"PutObject {PAGE}",
        "PutObject share.html",
        "DeleteObject css/zebra.css",
    ]


def test_a_file_that_is_gone_here_is_removed_there(bucket: Bucket) -> None:
    bucket.put("js/forgotten.js")

    assert publish(bucket.client, BUCKET, game()).removed == ("js/forgotten.js",)
    assert bucket.paths == {PAGE, CODE, STYLE}


def test_what_a_broken_publishing_left_is_finished_by_the_next(bucket: Bucket) -> None:
    bucket.put("js/forgotten.js")
    broken = [True]

    def refuse(params: Any, **_: Any) -> None:
        if params["Key"] == PAGE and broken.pop(0):
            raise ConnectionError("cut")

    bucket.client.meta.events.register_first("before-parameter-build.s3.PutObject", refuse)
    with pytest.raises(ConnectionError):
        publish(bucket.client, BUCKET, game())
    left = bucket.paths
    broken.append(False)

    assert left == {CODE, STYLE, "js/forgotten.js"}  # the page that is still there may need it
    assert publish(bucket.client, BUCKET, game()) == PublishedFiles((PAGE,), ("js/forgotten.js",))


def test_more_files_than_a_page_of_the_listing_are_compared_all_the_same(bucket: Bucket) -> None:
    publish(bucket.client, BUCKET, game())
    bucket.client.meta.events.register(
        "before-parameter-build.s3.ListObjectsV2", lambda params, **_: params.update(MaxKeys=1)
    )

    assert publish(bucket.client, BUCKET, game()) == NOTHING


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("css/base.css", "text/css; charset=utf-8"),
        ("js/main.js", "text/javascript; charset=utf-8"),
        ("config.json", "application/json"),
        ("icon.svg", "image/svg+xml"),
    ],
)
def test_browsers_are_told_what_a_file_is_and_to_ask_whether_it_changed(bucket: Bucket, path: str, kind: str) -> None:
    publish(bucket.client, BUCKET, [File(path, b"new")])
    sent = bucket.get(path)

    assert (sent["ContentType"], sent["CacheControl"]) == (kind, "no-cache")


# Which files


def test_everything_in_the_folder_is_served_but_words_for_developers() -> None:
    here = {path.relative_to(WEB).as_posix() for path in WEB.rglob("*") if path.is_file()}

    assert here - {file.path for file in files()} == {"README.md", "js/api_types.d.ts"}


def test_a_file_of_a_kind_browsers_do_not_load_stays_here(tmp_path: Path) -> None:
    for path in (PAGE, CODE, "README.md", "js/.main.js.swp"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("new")

    assert [file.path for file in files(tmp_path)] == [PAGE, CODE]


def test_the_whole_game_is_within_its_budget() -> None:
    assert 0 < transfer_size(files()) <= BUDGET


# What the page is told


def read_config(file: File) -> dict[str, Any]:
    assert file.path == "config.json"
    content: dict[str, Any] = json.loads(file.content)
    return content


def test_on_a_laptop_api_and_socket_are_paths_of_the_one_port() -> None:
    assert read_config(config.local({**NAMES, "gateway/ws-stage": "stage1"})) == {
        "environment": "local",
        "api_url": "/_aws/execute-api/api1/$default",
        "ws_url": "/_aws/execute-api/ws1/stage1",
        "chaos": False,
    }


def test_without_a_socket_the_page_is_told_of_none() -> None:
    assert read_config(config.local({"gateway/api-id": "api1"}))["ws_url"] is None


def test_in_aws_the_page_asks_its_own_address() -> None:
    assert read_config(config.aws("prod", NAMES)) == {
        "environment": "prod",
        "api_url": "",
        "ws_url": "/live",
        "chaos": False,
    }


@pytest.mark.parametrize(("published", "chaos"), [("on", True), ("off", False), (None, False)])
def test_the_page_may_break_things_exactly_where_the_deployment_lets_it(published: str | None, chaos: bool) -> None:
    names = {**NAMES, **({"gateway/chaos": published} if published else {})}

    assert read_config(config.local(names))["chaos"] is chaos
    assert read_config(config.aws("staging", names))["chaos"] is chaos


def test_a_laptop_gets_the_game_and_its_configuration(bucket: Bucket) -> None:
    done = deployment.publish_locally(bucket.client, NAMES)

    assert done is not None
    assert bucket.paths == {file.path for file in files()} | {"config.json"}
    assert json.load(bucket.get("config.json")["Body"]) == read_config(config.local(NAMES))


@pytest.mark.parametrize("missing", ["web/bucket", "gateway/api-id"])
def test_nothing_is_put_while_there_is_no_game_to_deploy(bucket: Bucket, missing: str) -> None:
    names = {name: value for name, value in NAMES.items() if name != missing}

    assert deployment.publish_locally(bucket.client, names) is None
    assert bucket.done == []


# In AWS


def test_in_aws_the_game_lies_behind_the_distribution(bucket: Bucket, deployed: Environment) -> None:
    address = deployment.publish_to_aws(deployed)

    assert address == "https://d1.cloudfront.net/"
    assert json.load(bucket.get("config.json")["Body"]) == read_config(config.aws("prod", NAMES))


def test_a_failure_is_one_line_that_names_its_cause(deployed: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(NAMES, "web/bucket", "somebody-elses")

    with pytest.raises(UserError) as failed:
        deploy._publish_web("prod")

    assert str(failed.value).startswith("The web game's files could not be put: ")
    assert "NoSuchBucket" in str(failed.value) and "\n" not in str(failed.value)
    assert isinstance(failed.value.__cause__, ClientError)


def test_an_environment_without_the_stack_is_told_to_deploy_it(monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = Environment("prod", {}, {"s3": None}.__getitem__)
    monkeypatch.setattr(environments, "find_environment", {"prod": nowhere}.__getitem__)

    with pytest.raises(UserError, match=r"web has published no bucket in prod: deploy it first\.") as failed:
        deploy._publish_web("prod")

    assert isinstance(failed.value.__cause__, UnknownEnvironment)


def test_a_file_is_known_by_what_s3_calls_it(bucket: Bucket) -> None:
    file = File(CODE, b"new")
    publish(bucket.client, BUCKET, [file])

    assert bucket.get(CODE)["ETag"] == f'"{file.md5}"' == f'"{hashlib.md5(b"new").hexdigest()}"'
