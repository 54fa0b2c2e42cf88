"""`ninelives dice` and `ninelives campaign`: what they print and the status they leave."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from contracts.canonical import canonical_json
from infra.errors import UserError
from ninelives.cli import campaign as campaign_command
from ninelives.cli.app import app
from ninelives.ops.proof import local
from ninelives.ops.proof.archive import Archive
from ninelives.ops.proof.pages import read
from services.campaign.adapters.items import state_key
from services.campaign.domain.state_hash import state_hash
from tests.ops.proof.make_sample import SAMPLE
from tests.ops.proof.stored_campaign import CAMPAIGN, TABLE, StoredCampaign

UNKNOWN = "c_" + "z" * 26


@pytest.fixture
def stored(dynamodb: Any, campaign: StoredCampaign, monkeypatch: pytest.MonkeyPatch) -> StoredCampaign:
    """A local cloud with a campaign of three turns, as the commands find it."""
    for _ in range(3):
        campaign.turn([("attack", {"target": "gull"})])

    def dice_of(campaign_id: str, player: str) -> Any:
        if (campaign_id, player) != (CAMPAIGN, "tom"):
            raise UserError(f"{player} has no campaign {campaign_id}.")
        return campaign.dice(2)

    monkeypatch.setattr(campaign_command, "archive", lambda environment: Archive(dynamodb, TABLE))
    monkeypatch.setattr(local, "dice_of", dice_of)
    return campaign


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No local cloud is up."""
    monkeypatch.setenv("NINELIVES_HOME", str(tmp_path))


def ninelives(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(each) for each in arguments])


def tamper(directory: Path, **changes: Any) -> Path:
    path = directory / "dice.json"
    path.write_text(json.dumps({**json.loads(SAMPLE.read_text(encoding="utf-8")), **changes}), encoding="utf-8")
    return path


def test_true_dice_are_status_zero_and_a_summary_by_size() -> None:
    done = ninelives("dice", "verify", SAMPLE)

    assert done.exit_code == 0
    assert "all 22 verified with the seed that was committed to" in done.stdout
    assert "d20" in done.stdout and "10.5" in done.stdout
    assert done.stderr == ""


def test_dice_that_differ_are_status_one_and_a_line_each(tmp_path: Path) -> None:
    done = ninelives("dice", "verify", tamper(tmp_path, seed="00" * 32))

    assert done.exit_code == 1
    assert done.stdout.startswith("seed: is not the one that was committed to")
    assert "0 verified, 1 mismatches" in done.stdout


def test_a_seed_that_is_not_public_yet_is_status_two_and_said(tmp_path: Path) -> None:
    done = ninelives("dice", "verify", tamper(tmp_path, seed=None))

    assert done.exit_code == 2
    assert "The seed is not public before the story ends" in done.stdout


def test_dice_that_contradict_themselves_are_status_one_even_before_the_seed_is_public(tmp_path: Path) -> None:
    turns = json.loads(SAMPLE.read_text(encoding="utf-8"))["turns"][1:]

    assert ninelives("dice", "verify", tamper(tmp_path, seed=None, turns=turns)).exit_code == 1


def test_a_file_can_print_no_control_characters(tmp_path: Path) -> None:
    roll = {"key": "\x1b[2J\nverified", "purpose": "x", "count": 1, "sides": 6, "faces": [1], "kept": [1], "total": 1}
    turns = [{"number": 1, "turn_id": "t_" + "a" * 26, "rolls": [roll]}]
    done = ninelives("dice", "verify", tamper(tmp_path, turns=turns))

    assert done.exit_code == 1
    assert "\x1b" not in done.stdout
    assert r"\x1b[2J\nverified: is no place" in done.stdout


@pytest.mark.parametrize("source", ["no-such-file.json", ".", "x" * 5_000, ""])
def test_what_is_neither_file_nor_campaign_is_status_two_and_one_line(source: str) -> None:
    done = ninelives("dice", "verify", source)

    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("✗ ") and len(done.stderr.splitlines()) == 1


@pytest.mark.usefixtures("nowhere")
@pytest.mark.parametrize(
    "command",
    [
        ("dice", "verify", UNKNOWN),
        ("dice", "export", UNKNOWN, "--out", "x"),
        ("campaign", "replay", UNKNOWN),
        ("campaign", "show", UNKNOWN),
    ],
    ids=["verify", "export", "replay", "show"],
)
def test_without_a_local_cloud_there_is_one_line_that_says_so(command: tuple[str, ...]) -> None:
    done = ninelives(*command)

    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "✗ The local cloud is not up: run `make up` first.\n"


def test_exported_dice_are_all_dice_in_one_file_that_can_be_verified(stored: StoredCampaign, tmp_path: Path) -> None:
    out = tmp_path / "dice.json"
    done = ninelives("dice", "export", CAMPAIGN, "--out", out, "--player", "tom")

    (page,) = read(out)
    assert done.exit_code == 0
    assert [turn.number for turn in page.turns] == [1, 2, 3]
    assert ninelives("dice", "verify", out).exit_code == 2
    assert ninelives("dice", "verify", CAMPAIGN, "--player", "tom").exit_code == 2


def test_an_export_that_cannot_be_written_is_one_line(stored: StoredCampaign, tmp_path: Path) -> None:
    done = ninelives("dice", "export", CAMPAIGN, "--out", tmp_path / "no" / "dice.json", "--player", "tom")

    assert done.exit_code == 2
    assert done.stderr.startswith("✗ Cannot write") and len(done.stderr.splitlines()) == 1


def test_a_campaign_of_somebody_else_is_none(stored: StoredCampaign) -> None:
    done = ninelives("dice", "verify", CAMPAIGN, "--player", "eve")

    assert (done.exit_code, done.stderr) == (2, f"✗ eve has no campaign {CAMPAIGN}.\n")


def test_a_replay_prints_turn_version_and_hash_and_that_all_is_the_same(stored: StoredCampaign) -> None:
    done = ninelives("campaign", "replay", CAMPAIGN)

    *turns, total = done.stdout.splitlines()
    assert done.exit_code == 0
    assert [line.split()[:2] for line in turns] == [["0", "v1"], ["1", "v2"], ["2", "v3"], ["3", "v4"]]
    assert turns[-1].split()[2:] == [state_hash(stored.state), "same"]
    assert total == f"{CAMPAIGN}: 3 turns, 0 differences."


def test_a_stored_state_that_no_turn_led_to_is_status_one(stored: StoredCampaign, dynamodb: Any) -> None:
    rich = stored.state.character.model_copy(update={"credits": 9_999})
    state = stored.state.model_copy(update={"character": rich})
    dynamodb.update_item(
        TableName=TABLE,
        Key=state_key(CAMPAIGN),
        UpdateExpression="SET #state = :state",
        ExpressionAttributeNames={"#state": "state"},
        ExpressionAttributeValues={":state": {"S": canonical_json(state)}},
    )
    done = ninelives("campaign", "replay", CAMPAIGN)

    assert done.exit_code == 1
    assert "The stored state, version 4, has" in done.stdout
    assert done.stdout.splitlines()[-1] == f"{CAMPAIGN}: 3 turns, 1 differences."


@pytest.mark.parametrize("command", ["replay", "show"])
@pytest.mark.parametrize("campaign_id", [UNKNOWN, "nonsense", "", "\udcff"])
def test_a_campaign_that_is_not_there_is_one_line(stored: StoredCampaign, command: str, campaign_id: str) -> None:
    done = ninelives("campaign", command, campaign_id)

    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("✗ There is no campaign") and len(done.stderr.splitlines()) == 1


def test_the_sheet_is_shown_as_it_was_after_any_turn(stored: StoredCampaign) -> None:
    sheets = [ninelives("campaign", "show", CAMPAIGN, "--at", turn).stdout for turn in range(4)]

    assert "Tester" in sheets[0]
    assert len(set(sheets)) > 1
    assert ninelives("campaign", "show", CAMPAIGN).stdout == sheets[3]


def test_a_turn_that_has_not_been_played_cannot_be_shown(stored: StoredCampaign) -> None:
    done = ninelives("campaign", "show", CAMPAIGN, "--at", "4")

    assert (done.exit_code, done.stderr) == (2, f"✗ {CAMPAIGN} has played 3 turns; there is no turn 4.\n")
