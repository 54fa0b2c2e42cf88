"""The record holds what IAM decides about, by names that are the same in every deployment."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.permissions import record
from infra.permissions.record import Call, named_calls

TABLE = "ninelives-local-campaign-tablecampaign-1A2B"
PUBLISHED = {
    "campaign/table/campaign": TABLE,
    "campaign/fn/open_turn": "arn:aws:lambda:us-east-1:000000000000:function:ninelives-local-campaign-open-turn",
    "gateway/queue/failed-turns": "http://127.0.0.1:4599/000000000000/ninelives-local-gateway-failed-1A2B",
    "gateway/bucket": "ninelives-local-exports",
    "gateway/ws-api-id": "a1b2c3",
    "gateway/ws-stage": "live",
    "platform/bus-name": "ninelives-local",
}
HERE = "us-east-1:000000000000"


@pytest.mark.parametrize(
    ("arn", "named"),
    [
        (
            f"arn:aws:dynamodb:{HERE}:table/{TABLE}",
            "dynamodb:::table/{campaign/table/campaign}",
        ),
        (
            f"arn:aws:dynamodb:{HERE}:table/{TABLE}/index/by-owner",
            "dynamodb:::table/{campaign/table/campaign}/index/by-owner",
        ),
        (f"arn:aws:sqs:{HERE}:ninelives-local-gateway-failed-1A2B", "sqs:::{gateway/queue/failed-turns}"),
        (f"arn:aws:events:{HERE}:event-bus/ninelives-local", "events:::event-bus/{platform/bus-name}"),
        (PUBLISHED["campaign/fn/open_turn"], "lambda:::function:{campaign/fn/open_turn}"),
        (
            f"arn:aws:execute-api:{HERE}:a1b2c3/live/POST/@connections/Zm9v/YmFy=",
            "execute-api:::{gateway/ws-api-id}/live/POST/@connections/{connection}",
        ),
        ("arn:aws:s3:::ninelives-local-exports/a/b.zip", "s3:::{gateway/bucket}/{object}"),
        (f"arn:aws:dynamodb:{HERE}:table/unheard-of", "dynamodb:::table/unheard-of"),
    ],
    ids=["table", "index", "queue", "bus", "function", "connection", "object", "unknown"],
)
def test_a_resource_is_recorded_under_its_published_name(arn: str, named: str) -> None:
    seen = [("ninelives-local-campaign-open-turn", "any:Thing", arn)]

    assert named_calls(seen, PUBLISHED) == {Call("campaign/open_turn", "any:Thing", f"arn:aws:{named}")}


def test_a_function_of_nobodys_is_not_recorded() -> None:
    assert named_calls([("somebodys-own", "any:Thing", "*")], PUBLISHED) == set()


def test_what_was_recorded_is_read_again(tmp_path: Path) -> None:
    calls = {Call("a/b", "any:Thing", "x"), Call("a/b", "any:Thing", "y"), Call("c/d", "any:Other", "x")}
    file = tmp_path / "calls.json"
    file.write_text(record.render(calls))

    assert record.load(file) == calls


def test_what_several_clouds_saw_is_one_record(tmp_path: Path) -> None:
    first, second = Call("a/b", "any:Thing", "x"), Call("a/b", "any:Other", "x")
    for number, call in enumerate((first, second)):
        (tmp_path / f"{number}.json").write_text(record.render([call]))

    assert record.together(tmp_path) == {first, second}
