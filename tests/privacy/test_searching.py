"""Marked values are found wherever and however they lie, and never printed."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from infra.errors import UserError
from ninelives.cli import privacy
from ninelives.privacy import proving
from ninelives.privacy.collecting import collect_marks
from ninelives.privacy.findings import SHOWN, Checked, lines
from ninelives.privacy.marks import Marks, read_marks, texts_of
from ninelives.privacy.searching import check_account, check_archives, check_logs, check_queues, check_tables
from services.gateway.adapters.player_items import DynamoPlayerItems
from services.gateway.application.erasing.working import Worker
from services.gateway.tests.player_client import TABLE
from stagekit.packing import MARK, pack
from tests.privacy.conftest import Deployed

WORDS = "Grünschnurr says “hush”"
MARKS = Marks.of(["somebody else", WORDS])
LONG = json.dumps({"narrative": f"{WORDS}, and then nothing happens. " * 20})


@pytest.mark.parametrize(
    "item",
    [
        {"action": {"S": WORDS}},
        {"action": {"S": f"I shout {WORDS.upper()}!"}},
        {"answer": {"S": json.dumps({"name": WORDS})}},
        {"answer": {"S": json.dumps({"name": WORDS}, ensure_ascii=False)}},
        {"event": {"S": json.dumps({"detail": json.dumps({"name": WORDS})})}},
        {"view": {"S": pack(LONG)}},
        {"data": {"S": json.dumps({"packed": pack(LONG)})}},
        {"words": {"SS": ["other", WORDS]}},
        {"data": {"B": WORDS.encode()}},
        {"deep": {"M": {"list": {"L": [{"S": WORDS}]}}}},
        {WORDS: {"N": "1"}},
    ],
    ids=[
        "plain",
        "case",
        "json",
        "json as it is",
        "json in json",
        "packed",
        "packed in json",
        "set",
        "binary",
        "nested",
        "name",
    ],
)
def test_a_value_is_found_in_whatever_form_it_is_kept(item: dict[str, object]) -> None:
    found = {number for text in texts_of(item) for number in MARKS.found_in(text)}

    assert found == {2}


def test_the_packed_form_is_one_that_a_plain_search_would_miss() -> None:
    assert pack(LONG).startswith(MARK)
    assert WORDS not in pack(LONG)


@pytest.mark.parametrize("values", [[], ["  "], ["ok, long", "abc"]], ids=["none", "blank", "short"])
def test_what_would_be_found_everywhere_or_nowhere_is_refused(values: list[str]) -> None:
    with pytest.raises(UserError):
        Marks.of(values)


def test_a_file_of_marks_must_be_a_list_of_texts(tmp_path: Path) -> None:
    (tmp_path / "marks").write_text('["one mark", "two marks"]')
    (tmp_path / "other").write_text('{"a": 1}')

    assert read_marks(tmp_path / "marks") == ["one mark", "two marks"]
    for name in ("other", "absent"):
        with pytest.raises(UserError):
            read_marks(tmp_path / name)


def test_tables_and_logs_without_a_mark_are_said_to_hold(deployed: Deployed) -> None:
    deployed.game.act(deployed.game.campaign(), "I wait")
    deployed.log("answered")

    for check in (check_tables, check_logs):
        assert check(deployed.environment, MARKS).faults == ()
    assert check_logs(deployed.environment, MARKS).looked_at == "1 groups, 1 lines"


def test_what_is_left_is_named_by_its_place_and_the_number_of_the_mark(deployed: Deployed) -> None:
    campaign = deployed.game.campaign()
    turn = deployed.game.act(campaign, WORDS).json["id"]
    deployed.sqs.send_message(QueueUrl=deployed.dead, MessageBody=json.dumps({"x": WORDS}))
    deployed.log(f"oh: {WORDS}")

    found = [check(deployed.environment, MARKS).faults for check in (check_tables, check_queues, check_logs)]

    assert found[0] == (f"mark 2 in gateway/table/gateway: CAMPAIGN#{campaign} TURN#{turn}",)
    assert [len(each) for each in found] == [1, 1, 1]
    assert WORDS not in str(found)


def test_an_export_that_an_erased_player_left_is_found_and_those_of_others_are_not(deployed: Deployed) -> None:
    deployed.keep_export("x_of_ada.zip", account='{"player_id": "ada"}', turns=f'[{{"action": "I shout {WORDS}"}}]')
    deployed.keep_export("x_of_eve.zip", account='{"player_id": "eve"}', turns='[{"action": "I wait"}]')

    checked = check_archives(deployed.environment, "ada", MARKS)

    assert checked.looked_at == "2 exports of players"
    assert checked.faults == ("x_of_ada.zip is the player's", "mark 2 in x_of_ada.zip")


def test_marks_are_what_the_player_typed_and_is_called_and_nobody_else(deployed: Deployed) -> None:
    game, player = deployed.game, deployed.user("ada@example.org")
    game.act(game.campaign(player), "I wait for the rain", player=player)
    game.act(str(game.start(player, name="Grünschnurr").json["id"]), "I sing of tuna", player=player)
    game.act(game.campaign("eve"), "I wait for the rain", player="eve")

    found = collect_marks(deployed.environment, player)

    assert found[:2] == ["guest-1", "ada@example.org"]
    assert "I sing of tuna" in found
    assert "I wait for the rain" not in found
    with pytest.raises(UserError):
        collect_marks(deployed.environment, "nobody")


def test_an_account_is_gone_when_its_erasure_is_done(deployed: Deployed) -> None:
    player = deployed.user("ada@example.org")
    deployed.game.campaign(player)
    asked = [f"{fault}"[:24] for fault in check_account(deployed.environment, player).faults]
    assert asked[0] == "no erasure of this playe"
    assert len(asked) == 3  # the user in the pool, and a key

    erasure = deployed.game.erase(player, "guest-1").json["erasure_id"]
    assert any("not done" in fault for fault in check_account(deployed.environment, player).faults)
    Worker(deployed.game.erasing_dependencies, lambda: 600.0).go_on(erasure)

    assert check_account(deployed.environment, player).faults == ()


def test_a_row_of_parquet_that_holds_a_mark_is_counted(tmp_path: Path) -> None:
    (tmp_path / "events").mkdir()
    rows = f"(VALUES (1, 'nothing'), (2, 'I shout {WORDS.upper()}')) AS t(number, data)"
    duckdb.sql(f"COPY (SELECT * FROM {rows}) TO '{tmp_path / 'events' / 'a.parquet'}' (FORMAT parquet)")

    assert list(proving.search_parquet(tmp_path, MARKS)) == ["mark 2 in 1 rows of events/a.parquet"]


def test_the_table_says_what_holds_and_below_it_what_does_not() -> None:
    faults = tuple(f"mark 1 in {number}" for number in range(SHOWN + 2))

    told = list(lines([Checked("tables", "9 tables", faults), Checked("logs", "3 groups")]))

    assert told[:2] == ["tables  9 tables  22 found", "logs    3 groups  holds"]
    assert told[2] == "tables: mark 1 in 0"
    assert told[-1] == "tables: … and 2 more"


@pytest.mark.parametrize(("faults", "status"), [((), 0), (("mark 1 in a table",), 1)])
def test_the_command_ends_by_what_was_found(
    deployed: Deployed, monkeypatch: pytest.MonkeyPatch, faults: tuple[str, ...], status: int
) -> None:
    def make_checked() -> Checked:
        return Checked("tables", "1 table", faults)

    monkeypatch.setattr(privacy, "find_environment", lambda _: deployed.environment)
    monkeypatch.setattr(proving, "parts", lambda *_: iter([("Searching", make_checked)]))

    done = CliRunner().invoke(privacy.privacy_app, ["prove", "ada", "--marked", WORDS])

    assert done.exit_code == status
    assert "1 table" in done.stdout
    assert WORDS not in done.output


def test_without_marks_nothing_can_be_proved(deployed: Deployed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(privacy, "find_environment", lambda _: deployed.environment)

    assert CliRunner().invoke(privacy.privacy_app, ["prove", "ada"]).exit_code == 2


def test_marks_are_written_for_one_pair_of_eyes_and_never_over_a_file(
    deployed: Deployed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(privacy, "find_environment", lambda _: deployed.environment)
    player, out = deployed.user("ada@example.org"), tmp_path / "marks.json"

    statuses = [CliRunner().invoke(privacy.privacy_app, ["marks", player, "--out", str(out)]).exit_code for _ in "12"]

    assert statuses == [0, 2]
    assert read_marks(out) == ["guest-1", "ada@example.org"]
    assert out.stat().st_mode & 0o077 == 0


def test_the_gateways_own_items_are_all_that_check_looks_for(deployed: Deployed) -> None:
    """The items that the worker deletes of a player are those that the proof would find."""
    game = deployed.game
    game.campaign("ada")
    before = check_account(deployed.environment, "ada").faults
    DynamoPlayerItems(game.dynamodb, TABLE).delete_player("ada", "again")

    assert len(before) - len(check_account(deployed.environment, "ada").faults) == 1


def test_erasures_that_stand_still_are_gone_on_with(deployed: Deployed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(privacy, "find_environment", lambda _: deployed.environment)
    done, stands_still = (deployed.game.erase(player).json["erasure_id"] for player in ("ada", "eve"))
    Worker(deployed.game.erasing_dependencies, lambda: 600.0).go_on(done)

    told = CliRunner().invoke(privacy.privacy_app, ["resume"]).stdout

    woken = [item["pk"]["S"] for item in deployed.game.items("wake")]
    assert (told, woken.count(f"ERASURE#{stands_still}"), len(woken)) == ("1 erasures go on.\n", 2, 3)
