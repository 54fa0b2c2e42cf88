"""The dice of a finished campaign can be verified without anybody's word for them."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.canon import Dice as Throw
from contracts.playerapi import Dice
from contracts.tools import RollModifier
from ninelives.ops.proof.pages import complete, merge_pages
from ninelives.ops.proof.rolls import contradictions, departure
from ninelives.ops.proof.summary import in_one_line
from ninelives.ops.proof.verification import Verdict, verify
from services.tools.domain.dice import Roller, derive
from tests.ops.proof.make_sample import SAMPLE
from tests.ops.proof.stored_campaign import StoredCampaign

Content = dict[str, Any]
TRUE: Content = json.loads(SAMPLE.read_text(encoding="utf-8"))
SEED = bytes.fromhex(TRUE["seed"])
PLACES = [(t, r) for t, turn in enumerate(TRUE["turns"]) for r in range(len(turn["rolls"]))]
ROLLS = len(PLACES)


def judge(content: Content) -> Verdict:
    return verify([Dice.model_validate(content)])


def where(content: Content) -> set[str]:
    return {mismatch.where for mismatch in judge(content).mismatches}


def alter(change: Callable[[Content], None]) -> Content:
    content = deepcopy(TRUE)
    change(content)
    return content


def other(draw: st.DrawFn, value: int, low: int, high: int) -> int:
    return draw(st.integers(low, high).filter(lambda number: number != value))


def other_digit(draw: st.DrawFn, text: str) -> str:
    at = draw(st.integers(0, len(text) - 1))
    return text[:at] + draw(st.sampled_from("0123456789abcdef".replace(text[at], ""))) + text[at + 1 :]


@st.composite
def tampered_rolls(draw: st.DrawFn) -> tuple[Content, str]:
    """The sample with one figure of one roll changed, and the key of that roll."""
    content = deepcopy(TRUE)
    turn, place = draw(st.sampled_from(PLACES))
    roll = content["turns"][turn]["rolls"][place]
    figure = draw(st.sampled_from(["faces", "count", "sides", "total", "modifier", "kept", "outcome", "target"]))
    match figure:
        case "faces":
            at = draw(st.integers(0, roll["count"] - 1))
            roll["faces"][at] = other(draw, roll["faces"][at], -1, roll["sides"] + 1)
        case "count":
            roll["count"] = other(draw, roll["count"], 1, 40)
        case "sides":
            sizes = st.integers(2, 100).filter(lambda sides: list(derive_faces(roll, sides)) != roll["faces"])
            roll["sides"] = draw(sizes)
        case "total":
            roll["total"] = other(draw, roll["total"], -50, 150)
        case "modifier":
            roll["modifiers"].append({"name": "luck", "amount": other(draw, 0, 1, 20)})
        case "kept":
            others = st.lists(st.integers(1, 20), min_size=1).filter(lambda kept: sum(kept) != sum(roll["kept"]))
            roll["kept"] = draw(others)
        case "outcome":
            outcomes = ["critical", "success", "failure", "fumble", None]
            roll["outcome"] = draw(st.sampled_from([one for one in outcomes if one != roll["outcome"]]))
        case "target":
            roll["target"], roll["outcome"] = _another_verdict(roll)
    return content, roll["key"]


def derive_faces(roll: Content, sides: int) -> tuple[int, ...]:
    """The faces that a die of another size would have shown; by chance they may be the same."""
    return derive(SEED, roll["key"], roll["count"], sides)


def _another_verdict(roll: Content) -> tuple[int | None, str | None]:
    """A target that the outcome does not follow from; of two that it follows from, dice cannot tell the true one."""
    if roll["target"] is None:
        return 10, None
    lenient = roll["outcome"] in ("failure", "fumble")
    return (roll["total"], "failure") if lenient else (None, roll["outcome"])


@given(tampered_rolls())
def test_a_figure_of_a_roll_that_was_tampered_with_is_found_at_that_roll(tampered: tuple[Content, str]) -> None:
    content, key = tampered
    verdict = judge(content)

    assert {mismatch.where for mismatch in verdict.mismatches} == {key}
    assert verdict.verified == ROLLS - 1


@given(st.data(), st.sampled_from(["seed", "commitment"]))
def test_a_seed_that_is_not_the_one_promised_is_found_and_proves_no_roll(data: st.DataObject, which: str) -> None:
    content = alter(lambda dice: dice.update({which: data.draw(st.composite(other_digit)(TRUE[which]))}))
    verdict = judge(content)

    assert [mismatch.where for mismatch in verdict.mismatches] == ["seed"]
    assert verdict.verified == 0


def test_a_new_seed_with_its_own_commitment_is_found_by_the_faces() -> None:
    forged = sha256(b"forged").digest()
    content = alter(lambda dice: dice.update(seed=forged.hex(), commitment=sha256(forged).hexdigest()))

    assert len(where(content)) > ROLLS * 0.8


@pytest.mark.parametrize("seed", ["", "ab", "zz" * 32, TRUE["seed"].upper(), TRUE["seed"] + " ", "0x" + TRUE["seed"]])
def test_a_seed_that_is_none_is_found(seed: str) -> None:
    assert where(alter(lambda dice: dice.update(seed=seed))) == {"seed"}


def not_the_last_of_its_outcome() -> list[tuple[int, int]]:
    keys = {(t, r): TRUE["turns"][t]["rolls"][r]["key"] for t, r in PLACES}
    steps = {place: key.rpartition("/")[0] for place, key in keys.items()}
    return [place for place in PLACES if any(steps[place] == steps[after] for after in PLACES if after > place)]


@pytest.mark.parametrize(("turn", "place"), not_the_last_of_its_outcome())
def test_a_roll_that_is_missing_leaves_its_place_empty(turn: int, place: int) -> None:
    content = alter(lambda dice: dice["turns"][turn]["rolls"].pop(place))

    assert len(where(content)) == 1


def test_a_dealer_who_throws_again_until_it_pleases_is_found_however_it_is_written_down() -> None:
    content = deepcopy(TRUE)
    turn = next(turn for turn in content["turns"] if any(roll["target"] for roll in turn["rolls"]))
    place = next(place for place, roll in enumerate(turn["rolls"]) if roll["target"])
    roll, key = turn["rolls"][place], turn["rolls"][place]["key"]
    step = key.rpartition("/")[0]
    again = Roller(content["seed"], step)
    thrown = next(
        once
        for once in (again.d20("attack", roll["target"]) for _ in range(200))
        if once.outcome == "critical" and once.key > key
    ).model_dump(mode="json")

    for written in (thrown, {**thrown, "key": key}):
        turn["rolls"][place] = written
        assert written["key"] in where(content)


@pytest.mark.parametrize(
    "key",
    [
        "{turn}/0/0/00",
        "{turn}/00/0/0",
        "{turn}/0/0/0 ",
        "{turn}/0/0/0\n",
        "{turn}/0/0/-1",
        "{turn}/0/0/\u0660",
        "{turn}/0/0",
        "{turn}//0/0",
        "{turn}/world/0/0/0/0",
        "t_aaaaaaaaaaaaaaaaaaaaaaaaaa/0/0/0",
        "0/0/0",
    ],
)
def test_a_place_has_one_spelling(key: str) -> None:
    """Another spelling would be other dice for the same place: a choice."""
    content = deepcopy(TRUE)
    turn = next(turn for turn in content["turns"] if turn["rolls"])
    roll = turn["rolls"][0]
    roll["key"] = key.format(turn=turn["turn_id"])
    roll["faces"] = list(derive(SEED, roll["key"], roll["count"], roll["sides"]))

    assert roll["key"] in where(content)


def test_a_roll_that_is_shown_twice_or_out_of_order_is_found() -> None:
    turn = next(t for t, turn in enumerate(TRUE["turns"]) if len(turn["rolls"]) > 1)

    def twice(dice: Content) -> None:
        dice["turns"][turn]["rolls"].append(dice["turns"][turn]["rolls"][0])

    def swap(dice: Content) -> None:
        rolls = dice["turns"][turn]["rolls"]
        rolls[0], rolls[1] = rolls[1], rolls[0]

    assert where(alter(twice)) and where(alter(swap))


@pytest.mark.parametrize("turn", range(len(TRUE["turns"]) - 1))
def test_a_turn_that_is_missing_is_found(turn: int) -> None:
    following = TRUE["turns"][turn + 1]["number"]

    assert where(alter(lambda dice: dice["turns"].pop(turn))) == {f"turn {following}"}


def test_a_turn_that_is_listed_twice_is_found_whether_dice_fell_or_not() -> None:
    for at, turn in enumerate(TRUE["turns"]):
        assert where(alter(lambda dice, at=at, turn=turn: dice["turns"].insert(at, turn)))


def test_two_turns_do_not_share_a_number_or_an_id() -> None:
    def same_number(dice: Content) -> None:
        dice["turns"][4]["number"] = dice["turns"][3]["number"]

    def same_id(dice: Content) -> None:
        dice["turns"][4]["turn_id"] = dice["turns"][3]["turn_id"]

    assert "turn 4" in where(alter(same_number))
    assert "turn 5" in where(alter(same_id))


def test_pages_that_disagree_on_what_was_promised_are_found() -> None:
    page = Dice.model_validate(TRUE)
    swapped = page.model_copy(update={"turns": (), "commitment": sha256(b"another").hexdigest()})
    reseeded = page.model_copy(update={"turns": (), "seed": sha256(b"another").hexdigest()})

    assert "commitment" in {mismatch.where for mismatch in verify([page, swapped]).mismatches}
    assert "seed" in {mismatch.where for mismatch in verify([page, reseeded]).mismatches}


def test_the_dice_of_a_campaign_played_under_older_rules_stay_verifiable(sample: Content) -> None:
    verdict = judge(sample)

    assert verdict.mismatches == ()
    assert verdict.seed_is_public
    assert verdict.verified == verdict.rolls == ROLLS > 20
    assert {(roll["count"], roll["sides"]) for turn in sample["turns"] for roll in turn["rolls"]} >= {(2, 20), (2, 8)}


def test_before_the_end_everything_is_checked_that_needs_no_seed() -> None:
    def running(dice: Content) -> None:
        dice["seed"] = None

    verdict = judge(alter(running))
    assert (verdict.mismatches, verdict.verified, verdict.seed_is_public) == ((), 0, False)

    turn, place = PLACES[0]
    wrong = alter(running)
    wrong["turns"][turn]["rolls"][place]["total"] += 1
    assert where(wrong) == {wrong["turns"][turn]["rolls"][place]["key"]}


@given(
    seed=st.binary(min_size=32, max_size=32),
    target=st.none() | st.integers(1, 40),
    edge=st.sampled_from([-1, 0, 1]),
    amount=st.integers(-30, 30),
    throw=st.builds(Throw, count=st.integers(1, 20), sides=st.sampled_from([4, 6, 8, 10, 12, 20, 100])),
)
def test_whatever_the_rules_throw_is_taken_as_it_is(
    seed: bytes, target: int | None, edge: int, amount: int, throw: Throw
) -> None:
    dice = Roller(seed.hex(), "t/0/0")
    dice.d20("check", target, modifiers=[RollModifier(name="wits", amount=amount)], edge=edge)
    dice.sum("damage", throw, modifiers=[RollModifier(name="wits", amount=amount)])

    for roll in dice.rolls:
        assert list(contradictions(roll)) == []
        assert departure(roll, seed) is None


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_pages_of_any_size_prove_the_same(campaign: StoredCampaign, limit: int) -> None:
    for _ in range(5):
        campaign.turn([("attack", {"target": "gull"})])
    pages = campaign.dice(limit)

    assert len(pages) == -(-5 // limit)
    assert verify(pages) == verify([merge_pages(complete(tuple(reversed(pages))))])
    assert verify(pages).rolls > 5


def test_a_forks_turns_count_from_the_one_it_left_its_origin_at() -> None:
    """The turns before were another campaign's dice; that they are left out here is said, not hidden."""

    def fork(content: Content) -> None:
        content["turns"] = content["turns"][2:]
        content["forked_from"] = {"campaign_id": "c_" + "o" * 26, "turn": content["turns"][0]["number"] - 1}

    forked = alter(fork)
    assert not judge(forked).mismatches
    assert "since it left c_oooooooooooooooooooooooooo after turn" in in_one_line(judge(forked))

    assert where(alter(lambda content: content["turns"].__delitem__(slice(2))))
    pages = [Dice.model_validate(forked), Dice.model_validate({**forked, "forked_from": None})]
    assert {mismatch.where for mismatch in verify(pages).mismatches} >= {"forked_from"}
