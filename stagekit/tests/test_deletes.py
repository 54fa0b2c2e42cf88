"""Many items are deleted at once, whole partitions bit by bit, and kept answers by the steps they were kept for."""

from __future__ import annotations

import json
from typing import Any

import boto3
import pytest

from contracts.errors import Transient
from contracts.steps import MOST_REPAIRS, MOST_ROUNDS, STEPS
from stagekit import first_answers, forgetting
from stagekit.deletes import MOST_AT_ONCE, TRIES, delete, delete_partition
from stagekit.forgetting import MOST_CALLS, forget
from stagekit.stage import Keeps, stage
from stagekit.tests.conftest import TURN, Answer, Ask, ask, context


class Table:
    """Deletes all but the last of a call, `throttled` times."""

    def __init__(self, throttled: int = 0) -> None:
        self.throttled = throttled
        self.deleted: list[str] = []
        self.calls: list[int] = []

    def batch_write_item(self, *, RequestItems: Any) -> Any:
        requests = RequestItems["things"]
        self.calls.append(len(requests))
        done = requests[:-1] if self.throttled else requests
        left = {"things": requests[-1:]} if self.throttled else {}
        self.throttled = max(0, self.throttled - 1)
        self.deleted += [each["DeleteRequest"]["Key"]["pk"]["S"] for each in done]
        return {"UnprocessedItems": left}


def keys(count: int) -> list[Any]:
    return [{"pk": {"S": str(number)}} for number in range(count)]


def test_as_many_go_in_a_call_as_it_takes() -> None:
    table = Table()

    delete(table, "things", keys(2 * MOST_AT_ONCE + 1))  # type: ignore[arg-type]

    assert table.calls == [MOST_AT_ONCE, MOST_AT_ONCE, 1]
    assert len(table.deleted) == 2 * MOST_AT_ONCE + 1


def test_what_was_not_deleted_is_tried_again_with_growing_pauses() -> None:
    table, paused = Table(throttled=2), list[float]()

    delete(table, "things", keys(3), paused.append)  # type: ignore[arg-type]

    assert (sorted(table.deleted), table.calls) == (["0", "1", "2"], [3, 1, 1])
    assert paused == sorted(set(paused))


def test_a_table_that_keeps_refusing_is_told_of() -> None:
    with pytest.raises(Transient):
        delete(Table(throttled=TRIES), "things", keys(1), lambda _: None)  # type: ignore[arg-type]


def test_a_partition_goes_bit_by_bit_but_for_what_is_kept(stages_table: Any) -> None:
    client = boto3.client("dynamodb")
    client.create_table(
        TableName="things",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")],
        BillingMode="PAY_PER_REQUEST",
    )
    for pk, sk in (*(("mine", str(number)) for number in range(5)), ("theirs", "1")):
        client.put_item(TableName="things", Item={"pk": {"S": pk}, "sk": {"S": sk}})

    runs = [delete_partition(client, "things", "mine", most=3, but=["2"]) for _ in range(2)]

    left = {(item["pk"]["S"], item["sk"]["S"]) for item in client.scan(TableName="things")["Items"]}
    assert (runs[0], left) == (True, {("mine", "2"), ("theirs", "1")})


@pytest.mark.parametrize("keeps", [Keeps.FIRST_ANSWER, Keeps.CLAIM])
def test_what_a_stage_kept_of_a_turn_is_forgotten_and_nothing_of_another(stages_table: Any, keeps: Keeps) -> None:
    first_answers.stages_table.cache_clear()

    @stage(Ask, Answer, keeps=keeps)
    def handler(*, request: Ask) -> Answer:
        return Answer(envelope=request.envelope, text="a secret")

    operation = handler.__module__.rpartition(".")[2]
    other = TURN.replace("b", "c")
    steps = [
        STEPS.dm.format(round=MOST_ROUNDS - 1, provider=provider, repairs=MOST_REPAIRS)
        for provider in ("model", "understudy")
    ]
    for turn in (TURN, other):
        for step in steps:
            handler(ask(key=f"{turn}/{step}"), context())

    forget(operation, [TURN], STEPS.dm, claimed=keeps is Keeps.CLAIM)

    assert len(stages_table.scan()["Items"]) == len(steps)
    assert f"{TURN}/" not in json.dumps(stages_table.scan()["Items"], default=str)
    first_answers.stages_table.cache_clear()


def test_every_call_of_every_round_has_a_step_that_is_forgotten(
    stages_table: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(forgetting, "delete", lambda client, table, keys: asked.extend(key["id"]["S"] for key in keys))

    forget("execute_tool", [TURN], STEPS.tool)

    assert sorted(asked) == sorted(
        f"riddles.execute_tool#{TURN}/{round_}/{index}" for round_ in range(MOST_ROUNDS) for index in range(MOST_CALLS)
    )
