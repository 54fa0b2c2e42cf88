"""`ninelives campaign show`, `campaign why` and `replay what-if`: what they print and the status they leave."""

from __future__ import annotations

import json
from typing import Any

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from contracts.state import CampaignState
from ninelives.cli import what_if
from ninelives.cli.campaign import campaign_app
from ninelives.evaluation.local_turn import Master
from services.campaign.adapters.items import number_key, turn_key
from tests.evaluation.whatif.test_what_if import quiet
from tests.support.played_campaigns import ACTIONS, FORKED_AT, Evening, archive

UNKNOWN = "c_" + "z" * 26
app = typer.Typer()
app.add_typer(campaign_app, name="campaign")
app.command(name="what-if")(what_if.what_if)


def ninelives(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(each) for each in arguments])


def test_the_state_of_any_turn_is_printed_as_json_and_is_what_the_turn_recorded(deployed: Evening) -> None:
    kept = archive(deployed.table)
    shown = [ninelives("campaign", "show", deployed.campaign, "--at", turn, "--json") for turn in range(1, 4)]

    assert [CampaignState.model_validate_json(each.stdout) for each in shown] == [
        turn.sheet.state for turn in list(kept.store.history(deployed.campaign))[:3]
    ]
    assert all(each.stderr == "" for each in shown)
    assert all(line.isascii() for each in shown for line in each.stdout.splitlines())


def test_an_event_that_was_cut_is_said_and_its_record_stands_in(
    deployed: Evening, restored: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = ninelives("campaign", "show", deployed.campaign).stdout
    key = {"pk": {"S": f"STREAM#campaign/{deployed.campaign}"}, "sk": {"S": "0000000002"}}
    restored(key, "event", lambda event: event["detail"]["data"].update(effects=[]))

    done = ninelives("campaign", "show", deployed.campaign)

    assert (done.exit_code, done.stdout) == (0, right)
    assert done.stderr == "Turn 1: its event was cut in detail at 60 KiB; the turn's record stands in for it.\n"


def test_witnesses_that_contradict_each_other_are_status_one(deployed: Evening, restored: Any) -> None:
    key = {"pk": {"S": f"STREAM#campaign/{deployed.campaign}"}, "sk": {"S": "0000000003"}}
    restored(key, "event", lambda event: event["detail"]["data"].update(state_hash="0" * 64))

    for command in (("show", deployed.campaign), ("why", deployed.campaign, "hp")):
        done = ninelives("campaign", *command)
        assert (done.exit_code, done.stdout) == (1, "")
        assert done.stderr.startswith("Turn 2: neither the effects of its event nor its record")


def test_turns_before_a_fork_are_asked_of_the_campaign_that_told_them(deployed: Evening) -> None:
    done = ninelives("campaign", "show", deployed.fork, "--at", FORKED_AT - 1)

    assert done.exit_code == 2
    assert f"ask for {deployed.campaign}" in done.stderr
    shared = ninelives("campaign", "show", deployed.fork, "--at", FORKED_AT).stdout
    assert shared == ninelives("campaign", "show", deployed.campaign, "--at", FORKED_AT).stdout


def test_a_fork_can_be_folded_again_from_where_it_left_the_other_campaign(deployed: Evening) -> None:
    done = ninelives("campaign", "replay", deployed.fork)

    *turns, total = done.stdout.splitlines()
    assert done.exit_code == 0
    assert [line.split()[0] for line in turns] == [str(FORKED_AT + n) for n in range(3)]
    assert all(line.endswith("  same") for line in turns)
    assert total == f"{deployed.fork}: 2 turns, 0 differences."


def test_why_tells_the_last_change_and_all_of_them_when_asked(deployed: Evening) -> None:
    last = ninelives("campaign", "why", deployed.campaign, "place")
    every = ninelives("campaign", "why", deployed.campaign, "place", "--all")

    assert (last.exit_code, every.exit_code) == (0, 0)
    assert last.stdout.count("\nturn ") == 1 < every.stdout.count("\nturn ")
    assert every.stdout.endswith(last.stdout.partition("\n\n")[2])


def test_why_after_a_fight_names_the_effect_the_rule_the_dice_the_event_and_the_call(deployed: Evening) -> None:
    told = ninelives("campaign", "why", deployed.campaign, "hp").stdout

    for mark in ("  effect  damaged", "  rule    enemy_turn: ", "  roll    attack by ", "  event   campaign/c_"):
        assert mark in told
    assert "  call    t_" in told and "/world/" in told


def test_why_at_an_earlier_turn_knows_nothing_of_later_ones(deployed: Evening) -> None:
    then = ninelives("campaign", "why", deployed.campaign, "place", "--at", 4)

    assert then.stdout.startswith("place is cardboard-market.")
    assert "turn 4:" in then.stdout and "turn 5:" not in then.stdout


def test_the_words_of_a_player_are_printed_when_asked_for_only(deployed: Evening) -> None:
    without = ninelives("campaign", "why", deployed.campaign, "place", "--all")
    with_words = ninelives("campaign", "why", deployed.campaign, "place", "--all", "--story")

    assert not any(action in without.stdout for action in ACTIONS)
    assert f"  action  {ACTIONS[4]}" in with_words.stdout


def test_a_player_can_print_no_control_characters(deployed: Evening, restored: Any) -> None:
    restored(number_key(deployed.campaign, 5), "recent", lambda told: told.update(action="I \x1b[2J leave\nnow"))

    done = ninelives("campaign", "why", deployed.campaign, "place", "--all", "--story")

    assert "\x1b" not in done.stdout
    assert r"  action  I \x1b[2J leave now" in done.stdout


@pytest.mark.parametrize("what", [["karma"], ["item", "no-such-thing"], [""]])
def test_what_cannot_be_asked_is_status_two_and_a_list_of_what_can(deployed: Evening, what: list[str]) -> None:
    done = ninelives("campaign", "why", deployed.campaign, *what)

    assert (done.exit_code, done.stdout) == (2, "")
    assert "There are:" in done.stderr and "npc: ferrule" in done.stderr


@pytest.mark.parametrize("command", [("campaign", "why", UNKNOWN, "hp"), ("what-if", UNKNOWN, "--dm", "understudy")])
def test_a_campaign_that_is_not_there_is_status_two_and_one_line(deployed: Evening, command: tuple[str, ...]) -> None:
    done = ninelives(*command)

    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"✗ There is no campaign {UNKNOWN}.\n"


def test_what_if_with_the_same_game_master_says_that_nothing_differs(deployed: Evening) -> None:
    done = ninelives("what-if", deployed.campaign, "--dm", "understudy")

    assert done.exit_code == 0, done.output
    assert done.stdout.count("  the same\n") == len(ACTIONS)
    assert "the state: the same in all turns" in done.stdout


def test_what_if_with_another_one_shows_both_stories_and_what_they_cost(
    deployed: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(what_if, "_master", lambda dm, model: quiet)

    done = ninelives("what-if", deployed.campaign, "--dm", "openai", "--model", "quiet-1", "--turns", "4..6")

    assert done.exit_code == 0, done.output
    assert f"Turn 4: {ACTIONS[3]}" in done.stdout and "Turn 7" not in done.stdout
    assert "with openai quiet-1" in done.stdout and "Rain drums on the roofs" in done.stdout
    assert "  place.id: cardboard-market → " in done.stdout
    assert "micro dollars: 0 → 21 (+21)" in done.stdout


def test_what_if_as_json_tells_every_turn_and_the_sum(deployed: Evening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(what_if, "_master", lambda dm, model: quiet)

    done = ninelives("what-if", deployed.campaign, "--dm", "bedrock", "--model", "quiet-1", "--turns", "4", "--json")

    told = json.loads(done.stdout)
    (turn,) = told["turns"]
    assert (told["master"], turn["number"], turn["action"]) == ("bedrock quiet-1", 4, ACTIONS[3])
    assert (turn["was"]["told_by"], turn["would_be"]["told_by"]) == ("understudy", "model")
    assert [call["name"] for call in turn["was"]["calls"]] == ["move_to"]
    assert turn["would_be"]["calls"] == []
    assert {"path": "place.id", "was": "cardboard-market", "would_be": "lost-property"} in turn["differences"]
    assert told["summary"]["state_otherwise_from"] == 4


def test_the_recorded_calls_that_lead_elsewhere_are_status_one(deployed: Evening, restored: Any) -> None:
    assert ninelives("what-if", deployed.campaign, "--dm", "recorded").exit_code == 0
    event = next(each for each in archive(deployed.table).turns_told(deployed.campaign) if each.data.number == 4)
    key = turn_key(deployed.campaign, event.metadata.turn_id or "")
    restored(key, "committed", lambda record: record["settled"][0]["outcome"]["call"].update(name="hide", arguments={}))

    done = ninelives("what-if", deployed.campaign, "--dm", "recorded")

    assert done.exit_code == 1
    assert "the state: differs from turn 4 on" in done.stdout


@pytest.mark.parametrize("turns", ["0..2", "3..2", "x", "", "2...3", "90"])
def test_a_range_of_turns_that_cannot_be_is_status_two(deployed: Evening, turns: str) -> None:
    done = ninelives("what-if", deployed.campaign, "--dm", "understudy", "--turns", turns)

    assert (done.exit_code, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1


def test_a_game_master_there_is_not_is_status_two(deployed: Evening) -> None:
    assert ninelives("what-if", deployed.campaign, "--dm", "hal").exit_code == 2


@pytest.mark.parametrize("name", ["understudy", "bedrock", "openai"])
def test_every_game_master_that_tells_new_stories_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("DM_PROVIDER", "DM_MODEL"):
        monkeypatch.setenv(variable, "")
    master: Master | None = what_if._master(what_if.GameMaster(name), "m")

    assert callable(master)
    assert what_if._master(what_if.GameMaster.recorded, "") is None
