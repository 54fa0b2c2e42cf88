from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ninelives.cli import campaign, what_if
from stagekit.packing import unpack
from tests.support.played_campaigns import Evening, archive, evening


@pytest.fixture(scope="module")
def played() -> Iterator[Evening]:
    """An evening with the understudy: a talk, a fight on the way, and a question about what was said before."""
    with evening() as one:
        yield one


@pytest.fixture
def deployed(played: Evening, monkeypatch: pytest.MonkeyPatch) -> Evening:
    """That evening as the commands find it."""
    for commands in (campaign, what_if):
        monkeypatch.setattr(commands, "archive", lambda environment: archive(played.table))
    return played


@pytest.fixture
def restored(played: Evening) -> Iterator[Callable[..., None]]:
    """Changes the JSON in an item of the campaign table, as somebody with the keys to it could, until the test ends."""
    dynamodb, before = played.table.game.dynamodb, []

    def change(key: dict[str, Any], name: str, how: Callable[[Any], Any]) -> None:
        item = dynamodb.get_item(TableName="campaign", Key=key)["Item"]
        before.append(item)
        content = json.loads(unpack(item[name]["S"]))
        how(content)
        dynamodb.put_item(TableName="campaign", Item={**item, name: {"S": json.dumps(content)}})

    yield change
    for item in before:
        dynamodb.put_item(TableName="campaign", Item=item)
