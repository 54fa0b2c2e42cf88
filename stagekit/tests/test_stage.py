"""A stage answers the same key the same way, and names its failures so that a workflow can act on them."""

from __future__ import annotations

import json
import time
from itertools import count

import pytest
from aws_lambda_powertools.utilities.idempotency import (
    DynamoDBPersistenceLayer,
    IdempotencyConfig,
    idempotent_function,
)
from botocore.exceptions import ClientError, ReadTimeoutError

from contracts.dm import DungeonMasterFailedData, DungeonMasterFailedV1
from contracts.errors import InvalidRequest, KeyReused, ModelThrottled, StageError, StillInProgress, Transient
from contracts.lore import LoreRetrievedData, LoreRetrievedV1
from stagekit import first_answers, idempotency
from stagekit.events import Announcement
from stagekit.packing import pack, unpack
from stagekit.stage import Keeps, stage
from stagekit.tests.conftest import TURN, Answer, Ask, ask, context


def numbering():
    """A step whose answer is a new number each time it really runs."""
    numbers = count(1)

    def step(*, request: Ask) -> Answer:
        return Answer(envelope=request.envelope, text=f"{request.question} #{next(numbers)}")

    return step


def answering(text: str):
    def step(*, request: Ask) -> Answer:
        return Answer(envelope=request.envelope, text=text)

    return step


def progress(request: Ask, reply: Answer) -> Announcement:
    return Announcement(LoreRetrievedV1, LoreRetrievedData(place="alley", passages=1, candidates=2))


def failing(error: Exception):
    def step(*, request: Ask) -> Answer:
        raise error

    return stage(Ask, Answer, keeps=Keeps.NOTHING)(step)


def test_a_repeated_step_returns_the_first_answer(stages_table):
    handler = stage(Ask, Answer)(numbering())

    first, second = handler(ask(), context()), handler(ask(), context())

    assert first == second
    assert first["text"] == "why #1"


def test_another_key_is_another_step(stages_table):
    handler = stage(Ask, Answer)(numbering())

    assert handler(ask(key="a"), context()) != handler(ask(key="b"), context())


def test_a_key_that_comes_back_with_another_payload_is_refused(stages_table):
    handler = stage(Ask, Answer)(numbering())
    handler(ask("why"), context())

    with pytest.raises(KeyReused):
        handler(ask("how"), context())


@pytest.mark.parametrize("keeps", [Keeps.CLAIM, Keeps.FIRST_ANSWER])
def test_a_repeat_may_bring_another_value_of_what_may_differ_and_gets_the_first_answer(stages_table, keeps):
    handler = stage(Ask, Answer, keeps=keeps, may_differ=("question",))(numbering())

    assert handler(ask("why"), context()) == handler(ask("how"), context())


@pytest.mark.parametrize("keeps", [Keeps.CLAIM, Keeps.FIRST_ANSWER])
def test_a_long_answer_is_kept_in_less_than_its_length(stages_table, keeps):
    long = stage(Ask, Answer, keeps=keeps)(answering("She says: not before the tide. " * 100))

    assert long(ask(), context()) == long(ask(), context())
    [record] = stages_table.scan()["Items"]
    assert len(record.get("answer") or record["data"]) < 500


@pytest.mark.parametrize(("keeps", "attribute"), [(Keeps.CLAIM, "data"), (Keeps.FIRST_ANSWER, "answer")])
def test_an_answer_that_was_kept_word_for_word_is_read_as_well(stages_table, keeps, attribute):
    handler = stage(Ask, Answer, keeps=keeps)(numbering())
    first = handler(ask(), context())
    [record] = stages_table.scan()["Items"]
    stages_table.put_item(Item={**record, attribute: json.dumps(first)})

    assert handler(ask(), context()) == first


def test_a_message_without_a_key_is_refused_and_leaves_no_trace(stages_table):
    handler = stage(Ask, Answer)(numbering())
    request = ask()
    del request["envelope"]["idempotency_key"]

    with pytest.raises(InvalidRequest, match=r"envelope\.idempotency_key: missing"):
        handler(request, context())
    assert stages_table.scan()["Items"] == []


def test_a_step_that_is_still_running_elsewhere_asks_to_come_back(stages_table):
    handler = stage(Ask, Answer)(numbering())
    inside: list[type] = []

    def reentrant(*, request: Ask) -> Answer:
        with pytest.raises(StillInProgress) as again:
            outer(ask(), context())
        inside.append(again.type)
        return Answer(envelope=request.envelope, text="first")

    outer = stage(Ask, Answer)(reentrant)

    assert outer(ask(), context())["text"] == "first"
    assert inside == [StillInProgress]
    assert handler is not outer


def test_a_claim_whose_function_must_have_ended_is_anybodys(stages_table, monkeypatch):
    def die(*, request: Ask) -> Answer:
        raise SystemExit

    with pytest.raises(SystemExit):
        stage(Ask, Answer)(die)(ask(), context(milliseconds=5000))
    with pytest.raises(StillInProgress):
        stage(Ask, Answer)(numbering())(ask(), context())
    with pytest.raises(KeyReused):
        stage(Ask, Answer)(numbering())(ask("how"), context())
    later = time.time() + 6
    monkeypatch.setattr(idempotency.time, "time", lambda: later)

    assert stage(Ask, Answer)(numbering())(ask(), context())["text"] == "why #1"


def test_of_two_runs_the_first_answer_stands_though_the_other_ends_after_it_and_its_claim_ran_out(
    stages_table, monkeypatch
):
    def be_overtaken(*, request: Ask) -> Answer:
        monkeypatch.setattr(idempotency.time, "time", lambda: later)
        inside.append(stage(Ask, Answer)(numbering())(ask(), context())["text"])
        return Answer(envelope=request.envelope, text="late")

    inside: list[str] = []
    later = time.time() + 6

    assert stage(Ask, Answer)(be_overtaken)(ask(), context(milliseconds=5000))["text"] == "why #1"
    assert inside == ["why #1"]
    assert stage(Ask, Answer)(numbering())(ask(), context())["text"] == "why #1"


@pytest.mark.parametrize("fails", [False, True])
def test_a_run_whose_claim_another_has_taken_over_neither_writes_nor_deletes(stages_table, monkeypatch, fails):
    def be_overtaken(*, request: Ask) -> Answer:
        monkeypatch.setattr(idempotency.time, "time", lambda: later)
        with pytest.raises(SystemExit):
            stage(Ask, Answer)(die)(ask(), context())
        if fails:
            raise ModelThrottled("busy")
        return Answer(envelope=request.envelope, text="late")

    def die(*, request: Ask) -> Answer:
        raise SystemExit

    later = time.time() + 6
    with pytest.raises(ModelThrottled if fails else StillInProgress):
        stage(Ask, Answer)(be_overtaken)(ask(), context(milliseconds=5000))

    [record] = stages_table.scan()["Items"]
    assert (record["status"], "data" in record) == ("INPROGRESS", False)


def test_what_was_erased_while_a_step_ran_is_not_kept_by_it(stages_table):
    def erase_and_answer(*, request: Ask) -> Answer:
        [record] = stages_table.scan()["Items"]
        stages_table.delete_item(Key={"id": record["id"]})
        return Answer(envelope=request.envelope, text="late")

    assert stage(Ask, Answer)(erase_and_answer)(ask(), context())["text"] == "late"
    assert stages_table.scan()["Items"] == []


def test_a_kept_answer_counts_for_a_day(stages_table, monkeypatch):
    handler = stage(Ask, Answer)(numbering())
    handler(ask(), context())
    [record] = stages_table.scan()["Items"]
    a_day_later = float(record["expiration"] + 1)
    monkeypatch.setattr(idempotency.time, "time", lambda: a_day_later)

    assert handler(ask("how"), context())["text"] == "how #2"


def test_a_key_that_cannot_be_claimed_runs_nothing(stages_table):
    stages_table.delete()
    ran: list[Ask] = []

    def step(*, request: Ask) -> Answer:
        ran.append(request)
        return Answer(envelope=request.envelope, text="why")

    with pytest.raises(Transient):
        stage(Ask, Answer)(step)(ask(), context())
    assert ran == []


def test_what_is_kept_is_read_by_powertools_and_the_other_way_round(stages_table):
    def by_powertools(answer: str) -> str:
        config = IdempotencyConfig(
            event_key_jmespath="idempotency_key", payload_validation_jmespath="asked", lambda_context=context()
        )

        @idempotent_function(
            data_keyword_argument="payload",
            persistence_store=DynamoDBPersistenceLayer(table_name="stages"),
            config=config,
            key_prefix="riddles.test_stage",
        )
        def run(*, payload: dict[str, str]) -> dict[str, str]:
            return {"packed": pack(json.dumps({**Answer(**asked, text=answer).model_dump(mode="json")}))}

        asked = {"envelope": ask()["envelope"]}
        payload = {**ask()["envelope"], "asked": first_answers.digest(ask())}
        return str(json.loads(unpack(run(payload=payload)["packed"]))["text"])

    ours = stage(Ask, Answer)(numbering())

    assert by_powertools("theirs") == "theirs"
    assert ours(ask(), context())["text"] == "theirs"
    [record] = stages_table.scan()["Items"]
    stages_table.delete_item(Key={"id": record["id"]})
    assert ours(ask(), context())["text"] == "why #1"
    assert by_powertools("theirs") == "why #1"


def test_a_step_that_failed_may_run_again(stages_table):
    tries = count(1)

    def flaky(*, request: Ask) -> Answer:
        if next(tries) == 1:
            raise ModelThrottled("busy")
        return Answer(envelope=request.envelope, text="at last")

    handler = stage(Ask, Answer)(flaky)

    with pytest.raises(ModelThrottled):
        handler(ask(), context())
    assert handler(ask(), context())["text"] == "at last"


def test_stored_keys_survive_a_renamed_function(stages_table):
    stage(Ask, Answer)(numbering())(ask(), context())

    [record] = stages_table.scan()["Items"]
    assert record["id"].startswith("riddles.test_stage#")


def test_a_step_that_may_run_twice_answers_alike_and_writes_once(stages_table):
    handler = stage(Ask, Answer, keeps=Keeps.FIRST_ANSWER)(numbering())

    first, second = handler(ask(), context()), handler(ask(), context())

    assert first == second
    assert first["text"] == "why #1"
    [record] = stages_table.scan()["Items"]
    assert record["id"] == f"riddles.test_stage#{ask()['envelope']['idempotency_key']}"


def test_of_two_runs_side_by_side_the_first_that_is_done_answers_for_both(stages_table):
    inner = stage(Ask, Answer, keeps=Keeps.FIRST_ANSWER)(numbering())

    def slow(*, request: Ask) -> Answer:
        inner(ask(), context())
        return Answer(envelope=request.envelope, text="too late")

    assert stage(Ask, Answer, keeps=Keeps.FIRST_ANSWER)(slow)(ask(), context())["text"] == "why #1"


def test_a_first_answer_is_for_its_own_payload_alone(stages_table):
    handler = stage(Ask, Answer, keeps=Keeps.FIRST_ANSWER)(numbering())
    handler(ask("why"), context())

    with pytest.raises(KeyReused):
        handler(ask("how"), context())
    assert handler(ask("why"), context())["text"] == "why #1"


def test_a_first_answer_counts_for_a_day(stages_table, monkeypatch):
    handler = stage(Ask, Answer, keeps=Keeps.FIRST_ANSWER)(numbering())
    handler(ask(), context())
    [record] = stages_table.scan()["Items"]
    a_day_later = float(record["expiration"] + 1)
    monkeypatch.setattr(first_answers.time, "time", lambda: a_day_later)

    assert handler(ask("how"), context())["text"] == "how #2"


def test_a_first_answer_that_cannot_be_kept_is_none(stages_table):
    stages_table.delete()
    handler = stage(Ask, Answer, keeps=Keeps.FIRST_ANSWER)(numbering())

    with pytest.raises(Transient):
        handler(ask(), context())


def test_a_step_that_failed_keeps_no_first_answer(stages_table):
    def failing_once(*, request: Ask) -> Answer:
        raise ModelThrottled("busy")

    with pytest.raises(ModelThrottled):
        stage(Ask, Answer, keeps=Keeps.FIRST_ANSWER)(failing_once)(ask(), context())
    assert stages_table.scan()["Items"] == []


def test_a_pure_step_stores_nothing(stages_table):
    handler = stage(Ask, Answer, keeps=Keeps.NOTHING)(numbering())

    assert handler(ask(), context())["text"] == "why #1"
    assert stages_table.scan()["Items"] == []


def test_progress_is_announced_once_with_an_id_that_a_repeat_would_repeat(stages_table, bus):
    handler = stage(Ask, Answer, announcement=progress)(numbering())

    handler(ask(), context())
    handler(ask(), context())

    [told] = bus.taken
    assert told["DetailType"] == "LoreRetrieved.v1"
    assert told["Source"] == "ninelives.lore"
    assert told["Detail"]["metadata"]["correlation_id"] == TURN
    assert told["Detail"]["metadata"]["sequence"] is None
    again = stage(Ask, Answer, keeps=Keeps.NOTHING, announcement=progress)(numbering())
    again(ask(), context())
    assert bus.taken[1]["Detail"]["metadata"]["event_id"] == told["Detail"]["metadata"]["event_id"]


def test_progress_of_a_step_that_nobody_looks_on_says_so_and_other_progress_says_nothing(bus):
    handler = stage(Ask, Answer, keeps=Keeps.NOTHING, announcement=progress)(numbering())
    quiet = ask()
    quiet["envelope"]["quiet"] = True

    handler(ask(), context())
    handler(quiet, context())

    assert ["quiet" in told["Detail"]["metadata"] for told in bus.taken] == [False, True]


def test_a_bus_that_refuses_progress_does_not_fail_the_step(bus, printed):
    bus._refuse = {0}
    handler = stage(Ask, Answer, keeps=Keeps.NOTHING, announcement=progress)(numbering())

    assert handler(ask(), context())["text"] == "why #1"
    assert '"ProgressLost"' in printed()


def test_every_failed_attempt_is_announced_on_its_own(stages_table, bus):
    def busy(*, request: Ask) -> Answer:
        raise ModelThrottled("busy")

    def announce_failure(request: Ask, error: StageError) -> Announcement:
        return Announcement(DungeonMasterFailedV1, DungeonMasterFailedData(asked="model", error=type(error).__name__))

    handler = stage(Ask, Answer, failure=announce_failure)(busy)
    for _ in range(2):
        with pytest.raises(ModelThrottled):
            handler(ask(), context())

    assert [told["Detail"]["data"]["error"] for told in bus.taken] == ["ModelThrottled", "ModelThrottled"]
    assert len({told["Detail"]["metadata"]["event_id"] for told in bus.taken}) == 2


def test_a_bus_that_refuses_to_hear_of_a_failure_does_not_hide_it(stages_table, bus):
    bus._refuse = {0}
    announced = Announcement(DungeonMasterFailedV1, DungeonMasterFailedData(asked="model", error="ModelThrottled"))

    def busy(*, request: Ask) -> Answer:
        raise ModelThrottled("busy")

    with pytest.raises(ModelThrottled):
        stage(Ask, Answer, failure=lambda request, error: announced)(busy)(ask(), context())


@pytest.mark.parametrize(
    "error",
    [
        ClientError({"Error": {"Code": "ThrottlingException"}}, "PutItem"),
        ClientError({"Error": {"Code": "Oops"}, "ResponseMetadata": {"HTTPStatusCode": 503}}, "PutItem"),
        ReadTimeoutError(endpoint_url="x"),
    ],
)
def test_a_hiccup_of_aws_is_transient(error):
    with pytest.raises(Transient):
        failing(error)(ask(), context())


def test_a_refusal_of_aws_is_a_bug_and_surfaces_as_it_is():
    with pytest.raises(ClientError):
        failing(ClientError({"Error": {"Code": "AccessDeniedException"}}, "PutItem"))(ask(), context())


def test_what_a_player_wrote_reaches_neither_the_log_nor_the_error(printed):
    secret = "my cat's real name is Gerald"
    request = {**ask(), "question": {"nested": secret}}

    with pytest.raises(InvalidRequest) as error:
        stage(Ask, Answer, keeps=Keeps.NOTHING)(numbering())(request, context())

    assert secret not in str(error.value)
    assert secret not in printed()


def test_logs_are_json_lines_with_the_ids_of_the_turn(printed):
    with pytest.raises(ModelThrottled):
        failing(ModelThrottled("busy"))(ask(), context())

    lines = [json.loads(line) for line in printed().splitlines()]
    [failure] = [line for line in lines if line.get("message") == "failed"]
    assert (failure["turn_id"], failure["error"]) == (TURN, "ModelThrottled")
