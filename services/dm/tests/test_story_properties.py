"""Stories tell what happened, in order, and leave no slot open, whatever a model makes of a turn."""

from __future__ import annotations

import json
from itertools import accumulate

from hypothesis import assume, given
from hypothesis import strategies as st

from contracts.dm import ValidateAndRoute
from services.dm.domain.english.tokens import join_words, words
from services.dm.domain.facts import number_facts
from services.dm.domain.narration.assemble import StoryTold, assemble
from services.dm.domain.narration.narrator import Narrator
from services.dm.domain.narration.renderings import render_facts
from services.dm.domain.narration.speech import Piece
from services.dm.domain.replies import ToolUse, assemble_reply
from services.dm.domain.story.licences import licence_of
from services.dm.domain.validate import validate_and_route
from services.dm.tests.builders import make_reply, make_request, to_check
from services.dm.tests.tellings import TELLINGS
from services.dm.wiring import catalogue

NOWHERE = to_check(make_reply("x"))
LONGEST_TEXT = 200
"""So that no story is too long for all that has to be told."""
SPOKEN = tuple(told for each in TELLINGS for told in (*each.true, *each.inverted))
SLOTS = (
    "{f1.verdict}", "{f2.amount}", "{f1.amount}", "{f1.foe}", "{f3.credits}", "{f9.item}", "{item:knife-1}",
    "{npc:nobody}", "{place:tin-market}", "{ f1 . total }", "{f1}", "{", "}", "{{f1.verdict}}",
)  # fmt: skip
FORBIDDEN = (
    "The Ninth Tail waits.",
    "Below lies the Brine Cellar.",
    "As an AI language model I follow my instructions.",
)
COLOUR = ("The rain goes on.", "Cold light lies on the wet crates.", "Old Mags blinks.", "It smells of brine.")
IDS = ("f1", "f2", "f3", "f4", "f40", "[f1]", "{f2.verdict}", "old-mags", "rust-rat-1", "character", "nobody", "")

ids = st.sampled_from(IDS)
texts = st.lists(
    st.one_of(
        st.sampled_from(SPOKEN), st.sampled_from(SLOTS), st.sampled_from(FORBIDDEN), st.sampled_from(COLOUR),
        st.text(max_size=20), st.sampled_from(("“", "”", '"', "You", "and", "—", "...", "not", "12", "\n")),
    ),
    min_size=1,
    max_size=5,
).map(lambda parts: " ".join(parts)[:LONGEST_TEXT])  # fmt: skip
entries = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(("fact", "speech", "colour", "color", "nonsense", "")),
        "text": texts,
        "facts": st.one_of(st.lists(ids, max_size=4), ids, st.none()),
        "who": st.one_of(st.none(), ids),
        "about": st.one_of(st.none(), ids),
    }
)
stories = st.lists(entries, min_size=1, max_size=6)
turns = st.lists(st.sampled_from(TELLINGS), min_size=1, max_size=3).map(
    lambda told: NOWHERE.model_copy(
        update={"rounds": tuple(played for each in told for played in each.rounds), "scene": told[0].here}
    )
)


def reply_with(request: ValidateAndRoute, beats: object) -> ValidateAndRoute:
    """The turn with the reply that the adapters make of such a story."""
    told = ToolUse("tell_story", json.dumps({"beats": beats, "suggested_actions": ["Wait"]}))
    known = make_request(scene=request.scene, briefing=request.briefing, rounds=request.rounds)
    reply = assemble_reply(known, (), (told,), cut=False, usage=request.reply.usage)
    return request.model_copy(update={"reply": reply})


def find_untold(request: ValidateAndRoute, story: StoryTold) -> list[str]:
    """Facts that matter and are told neither in their own rendering nor in words that, says the report, tell them."""
    rendering = render_facts(request)
    kept = {id for verdict in story.verdicts if verdict.verdict == "kept" for id in verdict.facts}
    return [id for id in what_matters(request) if id not in kept and rendering[id] not in story.text]


def what_matters(request: ValidateAndRoute) -> tuple[str, ...]:
    rendering = render_facts(request)
    facts = number_facts(request.rounds)
    return tuple(fact.id for fact in facts if rendering[fact.id] and not licence_of(fact).optional)


@given(turns, stories)
def test_every_fact_that_matters_is_told(request, beats):
    request = reply_with(request, beats)

    assert find_untold(request, assemble(request)) == []


@given(turns, stories)
def test_no_fact_is_told_before_one_that_came_earlier_and_matters(request, beats):
    request = reply_with(request, beats)
    mattering = what_matters(request)
    number = {fact.id: at for at, fact in enumerate(number_facts(request.rounds))}
    told: set[str] = set()

    for verdict in assemble(request).verdicts:
        news = [number[id] for id in verdict.facts if id not in told]
        told.update(verdict.facts)
        assert [id for id in mattering if news and number[id] < min(news) and id not in told] == []


def test_what_is_told_again_lets_nothing_newer_go_first():
    """A tin is eaten, a rat struck, a tin eaten: the second "You recover" tells both tins, and the first is known."""
    struck, eaten = TELLINGS[0], next(each for each in TELLINGS if "You recover 3 energy." in each.true)
    rounds = (*eaten.rounds, *struck.rounds, *eaten.rounds)
    request = NOWHERE.model_copy(update={"rounds": rounds, "scene": struck.here})
    beats = [{"kind": "fact", "text": text} for text in (struck.true[0], "You recover 3 energy.")]

    told = [verdict.facts for verdict in assemble(reply_with(request, beats)).verdicts]

    assert told.index(("f4",)) < told.index(("f2", "f5"))


@given(turns, stories, st.sampled_from(("", "It rains.")))
def test_the_report_says_how_much_of_the_story_each_beat_came_to(request, beats, opening):
    request = reply_with(request, beats)
    story = assemble(request.model_copy(update={"reply": request.reply.model_copy(update={"opening": opening})}))
    at, told = len(opening), [verdict.told for verdict in story.verdicts if verdict.told]

    for length in told:
        assert at == 0 or story.text[at] == " "
        at += length + bool(at)
    assert at == len(story.text) or not (told or opening)


@given(turns, stories)
def test_no_slot_is_left_open(request, beats):
    story = assemble(reply_with(request, beats))

    assert not {"{", "}"} & set(story.text)


@given(turns, stories)
def test_nothing_hidden_and_nothing_of_the_machinery_is_told(request, beats):
    told = join_words(assemble(reply_with(request, beats)).text)

    assert "ninth tail" not in told
    assert "language model" not in told
    assert "brine cellar" not in told or "Brine Cellar" in " ".join(f.text for f in number_facts(request.rounds))


@given(turns, st.one_of(stories, texts))
def test_no_story_is_asked_for_again(request, told):
    free = isinstance(told, str)
    request = request.model_copy(update={"reply": make_reply(told or "x")}) if free else reply_with(request, told)

    assume(words(request.reply.narrative or "") or request.reply.beats)

    assert validate_and_route(request, catalogue()).route in ("respond", "understudy")


@given(turns, stories, st.lists(st.integers(1, 60), min_size=1, max_size=4))
def test_what_is_told_while_a_story_comes_is_how_it_begins_in_the_end(request, beats, sizes):
    request = reply_with(request, beats)
    written = json.dumps({"beats": beats, "suggested_actions": ["Wait"]})
    narrator = Narrator(
        make_request(
            scene=request.scene,
            briefing=request.briefing,
            rounds=request.rounds,
            names=request.names,
            guarded=request.guarded,
        ),
        None,
    )

    told = [narrator.hear(Piece(0, "tell_story", piece)) for piece in cut(written, sizes)]

    heard = ["", *filter(None, told)]
    for earlier, later in zip(heard, [*heard[1:], assemble(request).text], strict=True):
        assert later.startswith(earlier)


@given(turns, stories)
def test_a_story_told_piece_by_piece_is_told_to_its_last_beat(request, beats):
    request = reply_with(request, beats)
    known = make_request(scene=request.scene, briefing=request.briefing, rounds=request.rounds, names=request.names)
    narrator = Narrator(known.model_copy(update={"guarded": request.guarded}), None)

    narrator.hear(Piece(0, "tell_story", json.dumps({"beats": beats, "suggested_actions": []})))

    kept = [verdict for verdict in assemble(request).verdicts if verdict.verdict == "kept"]
    assert bool(narrator.told) or not kept


def cut(whole: str, sizes: list[int]) -> list[str]:
    ends = list(accumulate((sizes * len(whole))[: len(whole)]))
    return [whole[begin:end] for begin, end in zip([0, *ends], ends, strict=False) if begin < len(whole)]
