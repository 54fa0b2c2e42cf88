"""Deeds that are spoken of are not done: what others do, what was, what is put off, asked about or need not be."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ninelives.evaluation.understanding.situations import Setting, setting
from services.dm.domain.reading import Ask, Deed, Roleplay, Scope, phrase, read
from services.dm.domain.reading.affordances import affordances
from tests.support.size import pick_size

MANY = ("alley-bunnies", "pier-shop", "market-full", "row-levelup")
SITUATIONS = pick_size(MANY[:2], soaking=MANY)
SPOKEN_OF = (
    "if I {deed}, what happens?",
    "what would happen if I {deed}",
    "should I {deed}?",
    "is it a good idea to {deed}?",
    "I was about to {deed}",
    "I was going to {deed} but changed my mind",
    "I won't {deed}",
    "never {deed}",
    "let's not {deed}",
    "he told me to {deed}",
    "she says I should {deed}",
    "they want me to {deed}",
    "why would anyone {deed}",
    "how hard is it to {deed}",
    "when can I {deed}",
    "do I have to {deed}?",
    "maybe later I will {deed}",
    "tomorrow I {deed}",
    "I am afraid to {deed}",
    "I forgot to {deed}",
    "I refuse to {deed}",
    "before I {deed}, what should I know?",
    "my friend would {deed}",
    "remind me to {deed} later",
    "did I {deed}?",
    "I wonder if I should {deed}",
    "no need to {deed}",
    "the other cats {deed} all the time",
    "do people {deed} here",
    "last turn I tried to {deed}",
    "why can't I {deed}?",
)


BEHIND_A_VERB = (
    "plan to {deed}",
    "try not to {deed}",
    "tell everyone I {deed}",
    "ask whether to {deed}",
    "ask how to {deed}",
    "consider whether to {deed}",
    "prepare to {deed}",
    "let somebody else {deed}",
    "under no circumstances {deed}",
    "everything except {deed}",
    "{deed} is a bad idea",
    "unable to {deed}",
    "think about how to {deed}",
    "it said {deed}",
)


def name_deeds(here: Setting) -> Iterator[str]:
    """One deed of each kind that is possible, as it could be typed."""
    scope = Scope(here.scene, here.lore.briefing, here.history)
    kinds = {deed.tool: deed for deed in affordances(scope) if deed.tool not in ("talk", "accept_quest", "search")}
    yield from (phrase(deed, scope) for deed in kinds.values())


@pytest.mark.slow
@pytest.mark.parametrize("frame", SPOKEN_OF)
@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_deed_that_is_spoken_of_is_not_done(situation: str, frame: str) -> None:
    here = setting(situation)

    for deed in name_deeds(here):
        steps = read(frame.format(deed=deed), here.scene, here.lore.briefing, here.history)
        done = [step.meaning for step in steps if isinstance(step.meaning, Deed)]
        assert all(each.tool in ("talk", "search") for each in done), (deed, done)


@pytest.mark.slow
@pytest.mark.parametrize("frame", BEHIND_A_VERB)
@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_deed_behind_words_that_speak_of_it_is_not_done(situation: str, frame: str) -> None:
    here = setting(situation)

    for deed in name_deeds(here):
        steps = read(frame.format(deed=deed), here.scene, here.lore.briefing, here.history)
        done = [step.meaning for step in steps if isinstance(step.meaning, Deed)]
        assert all(each.tool in ("talk", "search", "persuade") for each in done), (deed, done)


@pytest.mark.parametrize(
    "action",
    [
        "my claws slash the first bunny",
        "the cat attacks the first bunny",
        "My character attacks the first bunny",
        "this brave cat quietly attacks the first bunny",
        "my teeth bite the first bunny",
        "the first bunny, attack it",
        "I am not afraid, I attack the first bunny",
        "now I attack the first bunny",
        "attack the first bunny if I can",
        "I attack the first bunny, not the second",
        "I try to attack the first bunny",
        "I do not know how to dance, so I attack the first bunny",
        "too late, little one: I attack the first bunny",
    ],
)
def test_a_deed_of_the_cats_own_is_done(action: str) -> None:
    here = setting("alley-bunnies")
    steps = read(action, here.scene, here.lore.briefing)

    assert Deed("attack", {"target": "dust-bunny-1", "weapon": None}) in [
        Deed(m.tool, {**m.arguments, "weapon": None}) for m in (s.meaning for s in steps) if isinstance(m, Deed)
    ]


def test_what_one_could_do_is_asked_about() -> None:
    here = setting("alley-bunnies")
    (step,) = read("I could attack the first bunny", here.scene, here.lore.briefing)

    assert step.meaning == Ask((Deed("attack", {"target": "dust-bunny-1", "weapon": None}),))


@pytest.mark.parametrize(
    ("action", "manner"),
    [("no need to flee", "declined"), ("tomorrow I flee", "later"), ("I was about to flee", "speech")],
)
def test_what_is_not_done_is_answered_by_what_was_said_of_it(action: str, manner: str) -> None:
    here = setting("alley-bunnies")
    (step,) = read(action, here.scene, here.lore.briefing)

    assert isinstance(step.meaning, Roleplay)
    assert step.meaning.manner == manner
