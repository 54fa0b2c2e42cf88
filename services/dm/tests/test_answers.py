"""Every question has an answer in every situation, and no answer names what is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

import pytest

from contracts.dm import InvokeDungeonMaster, ValidateAndRoute
from contracts.envelope import Envelope
from ninelives.evaluation.understanding.situations import Setting, recipes, setting
from services.dm.domain.grounding.evidence import Evidence, gather_evidence
from services.dm.domain.grounding.names_and_figures import find_leaked
from services.dm.domain.grounding.prompt_leakage import find_prompt_leakage
from services.dm.domain.reading import Answer, Ask, Deed, Foreign, Impossible, Meaning, Roleplay, Scope, question
from services.dm.domain.understudy.narrator.answers import SUBJECTS
from services.dm.domain.understudy.narrator.narrate import LONGEST, tell
from services.dm.domain.understudy.narrator.phrasebook import POLITE
from services.dm.tests.builders import make_reply, make_request
from tests.support.size import pick_size

pytestmark = pytest.mark.slow

SITUATIONS = pick_size(tuple(recipes())[::3], soaking=tuple(recipes()))
REASONS = [
    "not-here",
    "not-carried",
    "cannot",
    "no-money",
    "not-sold",
    "full",
    "locked",
    "already",
    "not-now",
    "not-so",
]  # as the corpus has them
ABOUT = {
    "ability": ("ability",),
    "does": ("item", "ware"),
    "price": ("item", "ware"),
    "quest": ("quest", "offer"),
    "topics": ("person",),
    "way": ("way", "place"),
    "examine": ("person", "foe", "spawn", "feature", "find", "item", "ware", "ability", "way"),
    "read": ("feature", "item"),
    "lore": ("topic",),
}
"""Kinds of things in scope that a question may be about, for each that is about something."""
MANNERS = [
    "claim",
    "declined",
    "emote",
    "farewell",
    "greeting",
    "murmur",
    "orders",
    "small-talk",
    "speech",
    "thanks",
    "wait",
    "wish",
]


def request_in(here: Setting, **changes: object) -> InvokeDungeonMaster:
    id = "t_" + "b" * 26
    envelope = Envelope(idempotency_key=id, correlation_id=id, campaign_id=here.scene.state.campaign_id, turn_id=id)
    lore = here.lore
    return InvokeDungeonMaster(
        envelope=envelope, provider="understudy", action="hm", number=here.scene.state.turn + 1, scene=here.scene,
        briefing=lore.briefing, passages=lore.passages, common=lore.common, names=lore.names, guarded=lore.guarded,
        history=here.history,
    ).model_copy(update=changes)  # fmt: skip


def evidence(request: InvokeDungeonMaster) -> Evidence:
    return gather_evidence(
        ValidateAndRoute(
            envelope=request.envelope, reply=make_reply(""), action=request.action, scene=request.scene,
            briefing=request.briefing, names=request.names, guarded=request.guarded, passages=request.passages,
            memories=request.memories, common=request.common,
        )
    )  # fmt: skip


def find_secrets(told: str, known: Evidence) -> list[str]:
    """Secrets that nobody is told: names that are hidden, and the machinery."""
    return [*find_leaked(told, known), *(each.subject for each in find_prompt_leakage(told))]


def questions(here: Setting) -> Iterator[Answer]:
    """Every subject, about each thing of its kind, and about what is nowhere."""
    scope = Scope(here.scene, here.lore.briefing)
    yield from (Answer(subject) for subject in SUBJECTS if subject not in ABOUT)
    for subject, kinds in ABOUT.items():
        yield from (Answer(subject, entity.worth) for entity in scope.of(*kinds))
        yield Answer(subject, "fish-moon")
    yield from (Answer("way", way.to.id) for way in here.lore.briefing.exits)
    yield Answer("read", "sign")


@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_answer_keeps_what_is_hidden(situation: str) -> None:
    here = setting(situation)
    request = request_in(here)
    known = evidence(request)

    for meaning in questions(here):
        told = tell(request, (meaning,))
        assert find_secrets(told, known) == [], (meaning, told)
        assert len(told) <= LONGEST


@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_no_and_every_gesture_keeps_what_is_hidden(situation: str) -> None:
    here = setting(situation)
    request = request_in(here)
    known = evidence(request)
    near = tuple(way.id for way in here.lore.briefing.exits)
    said_: list[Meaning] = [
        *(Impossible(reason, word, near) for reason, word in product(REASONS, ("", "golden crown", "Mr Nobody", "40"))),
        *(Roleplay(manner) for manner in MANNERS),
        *(Foreign(language) for language in (*POLITE, "ja")),
    ]

    for meaning in said_:
        told = tell(request, (meaning,), ("rest", "level up claws"))
        assert find_secrets(told, known) == [], (meaning, told)


def test_the_question_which_is_meant_is_asked_word_for_word() -> None:
    request = make_request("attack")
    ask = Ask(tuple(Deed("level_up", {"stat": stat, "ability": None}) for stat in ("claws", "paws")))

    assert question(ask, Scope(request.scene, request.briefing)) in tell(request, (ask,))


def test_whoever_asks_something_is_not_asked_whether_a_deed_was_meant() -> None:
    sure = Ask((Deed("attack", {"target": "rust-rat", "weapon": None}),))
    asking, ordering = make_request("what is weak here? I want to know"), make_request("rat, now")

    assert "you mean: " not in tell(asking, (Answer("enemies"), sure))
    assert "Do you mean: attack" in tell(ordering, (Answer("enemies"), sure))


@pytest.mark.parametrize(
    ("meaning", "held"),
    [
        (Answer("inventory"), "the Tin of Tuna (2), something that mends 1d6"),
        (Answer("worn"), "Rain Coat on the body"),
        (Answer("money"), "40 credits"),
        (Answer("abilities"), "Blink Step"),
        (Answer("abilities"), "takes 2 energy and is ready now"),
        (Answer("health"), "14 of 16 hit points"),
        (Answer("exits"), "Iron Gate"),
        (Answer("exits"), ", where you have not been, and it is locked"),
        (Answer("people"), "Old Mags, fishmonger, who would talk about Iron Gate or Rust Rats"),
        (Answer("wares"), "Smoked Eel for 6 credits"),
        (Answer("price", "smoked-eel"), "6 credits"),
        (Answer("topics", "old-mags"), "Iron Gate or Rust Rats"),
        (Answer("examine", "crane-panel"), "dead lamps"),
        (Answer("enemies"), "the Rust Rat and another of its kind"),
        (Impossible("not-here", "crown", ("bent-hook",)), "crown"),
        (Impossible("not-here", "crown", ("bent-hook",)), "the Bent Hook"),
        (Foreign("de"), "englisch"),
        (Roleplay("murmur", near=("talk to Old Mags",)), "“talk to Old Mags”"),
    ],
)
def test_an_answer_holds_what_was_asked(meaning: Meaning, held: str) -> None:
    assert re.search(re.escape(held), tell(make_request("hm"), (meaning,)), re.IGNORECASE)


@pytest.mark.parametrize(
    ("besides", "once"), [("people", "Old Mags"), ("wares", "Stall of Mags"), ("exits", "Iron Gate")]
)
def test_a_place_is_told_without_what_another_answer_tells_of_it(besides: str, once: str) -> None:
    alone = tell(make_request("hm"), (Answer(besides),))

    told = tell(make_request("hm"), (Answer("look", asked=("look", "round")), Answer(besides, asked=("and",))))

    assert "Fish Dock" in told
    assert told.count(once) == alone.count(once) > 0


def test_of_a_place_that_may_not_have_been_asked_for_its_contents_are_told() -> None:
    asked = ("what", "is", "of", "use", "here")

    told = tell(make_request("hm"), (Answer("look", asked=asked), Answer("people", asked=asked)))

    assert "Crane Panel" in told
    assert "Fish Dock, Low Harbour" not in told


def test_what_a_quest_pays_is_told_before_and_after_it_is_taken() -> None:
    for situation in ("ferrule-offer", "report-docket"):
        told = tell(request_in(setting(situation)), (Answer("quest", "breakfast-is-late"),))

        assert "40 credits, something to keep and 60 experience" in told
