"""Lies of one sentence: short ones in plain words, and hard ones, in plain and in literary words."""

from __future__ import annotations

from collections import Counter

import pytest

from contracts.dm import Beat
from ninelives.evaluation.requests import write_request
from ninelives.evaluation.stories.corpus import HARD, hard_lies, kettle_lies, kettle_truths, short_lies, split_of
from services.dm.domain.validate import validate_and_route
from services.dm.wiring import catalogue
from tests.support.size import pick_size

pytestmark = pytest.mark.slow

EVERY, MOST_TOLD, MOST_HARD = pick_size((4, 6, 0), soaking=(1, 31, 2))
"""The step between the lies that are tried, and the number of them, short and hard, that the rules are known not to
catch."""


def is_told(situation: str, lie: str, kind: str = "fact", who: str | None = None) -> bool:
    beats = (Beat.model_validate({"kind": kind, "text": lie, "who": who}),)
    routed = validate_and_route(write_request(situation, "look around", beats=beats, narrative=lie), catalogue())
    return lie in (routed.narrative or "")


def test_no_more_short_lies_are_told_than_are_known() -> None:
    told = Counter(is_told(situation, lie) for situation, lie in short_lies()[::EVERY])

    assert told[False] > 0
    assert told[True] <= MOST_TOLD


def test_no_more_hard_lies_are_told_than_are_known() -> None:
    told = Counter(is_told(situation, lie) for situation, _, lie in hard_lies()[::EVERY])

    assert {category for _, category, _ in hard_lies()} == HARD
    assert told[False] > 0
    assert told[True] <= MOST_HARD


@pytest.mark.parametrize(("split", "most_told", "least_kept"), [("dev", 3, 24), ("test", 20, 15)])
def test_of_a_voice_that_knows_the_rules_as_little_is_told_and_as_much_kept_as_published(
    split: str, most_told: int, least_kept: int
) -> None:
    told = [is_told(situation, lie) for situation, _, lie in kettle_lies() if split_of(lie) == split]
    kept = [is_told(situation, truth) for situation, truth in kettle_truths() if split_of(truth) == split]

    assert sum(told) <= most_told
    assert sum(kept) >= least_kept


@pytest.mark.parametrize(
    ("situation", "lie"),
    [
        ("shelf", "In the corner stands Rusty."),
        ("shelf", "Boris hums."),
        ("shelf", "It smells of Gerald."),
        ("brawl", "The second Dust Bunny strikes you for a single point, and then for another."),
        ("brawl", "You strike the first Dust Bunny for 12, and for 12 again."),
        ("brawl", "The second Dust Bunny lunges and finds only rain."),
        ("missed", "The first Dust Bunny is a grey smear upon the bricks."),
        ("won", "The second Dust Bunny falls, and is up again with the next gust."),
        ("won", "The second Dust Bunny leaves 5 credits, all of them forged."),
        ("eaten", "You eat the sardines and are at twenty hit points again."),
        ("bought", "The sardines cost you the last of your money."),
        ("bought", "You pay your eight credits, and the sardines slide off the counter into the drain."),
        ("arrived", "Beyond the chute a staircase winds down into the cellars."),
        ("market", "There are two hundred cats round the Breakfast Chute."),
        ("market", "The service hatch of the chute is ajar."),
        ("cut-off", "The towpath is out of reach beyond a flood."),
        ("ledger", "One entry in the Claims Ledger bears your own name."),
        ("laundry", "The laundry belongs to Auntie Bellows, whatever she says."),
        ("missed", "You strike at the first Dust Bunny and do not miss."),
        ("missed", "It is anything but a miss."),
        ("missed", "You strike at the second Dust Bunny and miss."),
        ("brawl", "Both Dust Bunnies fall."),
        ("brawl", "The second Dust Bunny is out of the fight."),
        ("brawl", "A third bunny comes out of the drain."),
        ("locked", "The cushion lift is not locked."),
        ("locked", "There is a way round behind the boxes."),
        ("arrived", "The wet gap leads to Static Row."),
        ("arrived", "The steam arch is bricked up."),
        ("dear", "The Box Cutter is yours."),
        ("dear", "You hold the Box Cutter."),
        ("fight", "You have no sardines."),
        ("fight", "The Cardboard Vest is on the wall."),
        ("brawl", "The tip of one claw rolls into the gutter."),
        ("won", "The lint holds a second packet."),
        ("dear", "You cannot afford the Box Cutter, so he lends it to you."),
        ("persuaded", "He is so pleased that he gives you the Box Cutter."),
        ("bought", "Pib buys the sardines for you."),
        ("bought", "Mondo Flake keeps the sardines and the money."),
        ("blanket", "A needle is still in the seam, and you put it in your bag."),
        ("fled", "You get away with everything but the vest."),
        ("slept", "You wake with a pot of cream beside you."),
        ("fight", "Your Brass Claws are rusty from the rain."),
        ("brawl", "Your Brass Claws stick in the second bunny and stay there."),
        ("brawl", "The blow costs you a claw."),
        ("shelf", "Ferrule is not here."),
        ("shelf", "An hour goes by."),
        ("shelf", "Something in the blanket moves."),
        ("quest", "You give Ferrule your word."),
        ("quest", "The job is done."),
        ("blanket", "The pocket is empty."),
        ("persuaded", "He does not like you."),
        ("talked", "Auntie Bellows tells you about the floods."),
        ("missed", "It is a hit."),
        ("missed", "The first Dust Bunny strikes at you and gets only air."),
        ("missed", "The second Dust Bunny strikes you for 3 blunt damage."),
        ("missed", "The first Dust Bunny drifts apart under your claws."),
        ("guarded", "You brace behind your vest, and its cardboard splits down the middle."),
        ("shelf", "The vest is too small for you."),
        ("witch", "The stick has one charge in it."),
        ("sold", "You have the sardines still."),
        ("sold", "You sell your sardines for four credits, less the one that sticks."),
        ("bought", "You buy Pocket Sardines and a Spare Cell."),
        ("bought", "You have one packet now."),
        ("won", "You now carry Fish Flakes and a tuft of lint."),
        ("won", "You have the Fish Flakes and the Cocktail Umbrella."),
        ("eaten", "The dust is still on you."),
        ("cut-off", "The market is under your paws."),
        ("fled", "The bunny is at your tail."),
        ("resisted", "The lift is as good as open."),
        ("persuaded", "He is bored."),
        ("arrived", "A rope hangs down from the terrace."),
    ],
)
def test_such_a_lie_is_not_told(situation: str, lie: str) -> None:
    assert not is_told(situation, lie)


@pytest.mark.parametrize(
    ("situation", "truth"),
    [
        ("missed", "You strike at the first Dust Bunny and miss."),
        ("missed", "That costs you 3."),
        ("missed", "It is a miss."),
        ("missed", "You strike at the first Dust Bunny with the precision of a bishop in a bath, and you miss."),
        ("brawl", "The first Dust Bunny falls like a pillow that has given up on everything."),
        ("brawl", "Then a hit: the first Dust Bunny falls, and the second strikes you."),
        ("eaten", "You eat the sardines, and you get 2 hit points back."),
        ("dear", "You cannot afford the Box Cutter. It costs 45 credits."),
        ("locked", "The service hatch is locked, too."),
        ("fight", "You see two Dust Bunnies."),
        ("shelf", "The rain says the one thing it knows."),
        ("shelf", "The light comes and goes, and takes its time."),
        ("shelf", "It smells of patience and old paper."),
        ("shelf", "The bulb swings with the gravity of a judge."),
        ("shelf", "There is a job on offer."),
        ("shelf", "The mittens sprawl along the shelves, unclaimed and faintly mislaid."),
        ("shelf", "The bulb blinks at you like a tired eye."),
        ("brawl", "The second Dust Bunny careens into you for 1 point of damage."),
        ("sparked", "The second Dust Bunny is still here, and strikes you for 1."),
        ("searched", "You go over the market, 16 against 10."),
        ("missed", "The second Dust Bunny comes in at 1 and misses."),
        ("fled", "You run, and you fetch up in the Cardboard Market, so to speak."),
        ("opened", "The service hatch stays locked."),
        ("missed", "The dust is no joke."),
        ("fight", "The second Dust Bunny has not a scratch on it."),
        ("persuaded", "He likes you better than he did."),
        ("arrived", "You splash out into the Cardboard Market."),
    ],
)
def test_words_that_tell_news_may_be_said_of_what_is_none(situation: str, truth: str) -> None:
    assert is_told(situation, truth)


@pytest.mark.parametrize(
    ("situation", "who", "truth"),
    [
        ("talked", "ferrule", '"Ask Auntie Bellows in the Warm Laundry, she worked the openers."'),
        ("chute", "auntie-bellows", '"Forty years I worked it, and not so much as a cough out of it."'),
        ("shelf", "ferrule", '"I must ask you not to lick the stamps," says Ferrule gravely.'),
        ("witch", "ferrule", '"I mention it to everybody."'),
        ("life", "auntie-bellows", '"Lie still, child," says Auntie Bellows.'),
    ],
)
def test_somebody_may_say_their_line_in_other_parts_and_small_talk(situation: str, who: str, truth: str) -> None:
    assert is_told(situation, truth, "speech", who)


@pytest.mark.parametrize(
    ("situation", "who", "lie"),
    [
        ("shelf", "ferrule", '"Somebody asked for you," says Ferrule.'),
        ("talked", "ferrule", '"Do not speak to Auntie Bellows," says Ferrule.'),
        ("market", "mondo-flake", '"Try the hatch, it is open," says Mondo Flake.'),
        ("market", "pib", '"You can walk in by the hatch!" says Pib.'),
        ("chute", "auntie-bellows", '"Put your ear to the lip in the alley," says Auntie Bellows.'),
        ("row", "doc-solder", '"I can help you fight it," says Doc Solder.'),
        ("market", "pib", '"I love you," says Pib.'),
    ],
)
def test_nobody_says_in_small_talk_what_would_be_news(situation: str, who: str, lie: str) -> None:
    assert not is_told(situation, lie, "speech", who)


@pytest.mark.parametrize(
    "said",
    [
        "Put the kettle on and wait for the click.",
        "Boil the pasta for a while.",
        "Red leaves descend gently.",
        "A translator renders meaning.",
        "Two travellers share one notion.",
        "Give paracetamol and cold compresses.",
        "Chlorophyll absorbs red and blue light.",
        "It is a penicillin.",
        "You should be honest with him.",
    ],
)
def test_an_order_to_the_reader_and_a_general_truth_are_no_part_of_a_story(said: str) -> None:
    assert not is_told("shelf", said)
