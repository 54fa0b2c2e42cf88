"""Recall finds what the action is about, the same each time, and no more than it may."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.lore.adapters.pack_files import load_pack
from services.lore.domain.documents import library, readable
from services.lore.domain.pack import Pack
from services.lore.domain.ranking import Entry
from services.lore.domain.recall import MAX_PASSAGES, count_candidates, recall
from services.lore.domain.visibility import find_visible
from services.lore.domain.word_index import WordIndex
from services.lore.domain.words import split, tokens
from services.lore.tests.builders import campaign, retrieve_for
from services.lore.wiring import WORLDS

NEKOPOLIS = load_pack(WORLDS / "nekopolis")


def find(pack: Pack, action: str, place: str | None = None, **changes: object) -> list[str]:
    return [p.id for p in retrieve_for(pack, campaign(pack, place, **changes), action).passages]


def test_a_thing_called_by_its_name_comes_first(nekopolis: Pack) -> None:
    assert find(nekopolis, "What do people say about the Coolant Eel?")[0] == "enemy-coolant-eel"
    assert find(nekopolis, "I ask where I could find Comrade Crumb")[0] == "npc-comrade-crumb"
    assert find(nekopolis, "Who are the Leaseholders?")[0] == "faction-leaseholders"


def test_a_rumour_is_found_by_what_it_is_about(nekopolis: Pack) -> None:
    assert "rumour-hot-for-eels" in find(nekopolis, "any rumour about the eel in the sump?")


def test_plural_possessive_and_case_make_no_difference(nekopolis: Pack) -> None:
    assert tokens("The PIGEONS' letters") == tokens("pigeon letter")
    assert find(nekopolis, "RACCOONS!") == find(nekopolis, "the raccoon's")


def test_an_action_without_a_telling_word_brings_nothing_to_mind(nekopolis: Pack) -> None:
    assert find(nekopolis, "I look around and try to do it") == []
    assert find(nekopolis, "¿¡…!? 🐈") == []


def test_what_the_briefing_tells_anyway_is_not_told_twice(nekopolis: Pack) -> None:
    assert "place-drip-canal" in find(nekopolis, "the canal of The Drip", "sprinkler-alley")
    assert "place-drip-canal" not in find(nekopolis, "the canal of The Drip", "drip-canal")


def test_a_secret_is_remembered_only_by_those_who_learnt_it(tiny: Pack) -> None:
    assert "secret-chip" not in find(tiny, "the chip")
    assert "secret-chip" in find(tiny, "the chip", revealed=("chip",))


def test_a_guarded_topic_is_never_recalled(tiny: Pack) -> None:
    assert find(tiny, "tea, always tea")[:3] == ["topic-dormouse-tea", "enemy-tea-leaf", "place-depths"]
    assert "topic-dormouse-flaw" not in find(tiny, "a flaw below")
    assert "topic-dormouse-flaw" not in find(tiny, "a flaw below", revealed=("chip",))


def test_somebody_hidden_is_not_recalled_before_their_hiding_place_is_known(tiny: Pack) -> None:
    assert find(tiny, "the potter's mark") == []
    assert "npc-mark" in find(tiny, "the potter's mark", revealed=("chip",))


def test_candidates_count_every_document_that_shared_a_word(tiny: Pack) -> None:
    assert count_candidates(library(tiny), find_visible(tiny), "tea, always tea") == 3
    assert count_candidates(library(tiny), find_visible(tiny), "the potter's mark") == 0


def test_what_a_thing_may_be_called_finds_it(nekopolis: Pack) -> None:
    assert find(nekopolis, "the fat white cat")[0] == "npc-mondo-flake"


def test_other_forms_of_a_word_find_the_same(nekopolis: Pack) -> None:
    assert find(nekopolis, "insuring") == find(nekopolis, "insured") != []


def test_what_cannot_be_read_is_never_recalled(tiny: Pack) -> None:
    visible = find_visible(tiny)
    hidden = {d.id for d in library(tiny).documents} - readable(library(tiny), visible)

    for document in library(tiny).documents:
        asked = document.text if document.id in hidden else document.title
        assert not hidden & {p.id for p in recall(library(tiny), visible, asked)}


def test_the_best_documents_bring_to_mind_what_they_are_about_unless_they_cannot_be_read() -> None:
    moth, secret = Entry("moth", "Moth", "It glows."), Entry("secret", "Moth", "Loves lamps.")
    lamp = Entry("lamp", "Lamp", "")
    index = WordIndex([moth, secret, lamp])

    assert [r.id for r in index.rank("a moth", frozenset({"moth", "secret", "lamp"}), 5)] == ["moth", "secret", "lamp"]
    assert [r.id for r in index.rank("a moth", frozenset({"moth", "lamp"}), 5)] == ["moth"]


def test_words_in_a_row_tell_more_where_they_are_in_a_row() -> None:
    apart, together = Entry("a", "", "water of the green canal"), Entry("b", "", "green water of the canal")

    assert [r.id for r in WordIndex([apart, together]).rank("green water", frozenset("ab"), 5)] == ["b", "a"]


WORDS = sorted({w for d in library(NEKOPOLIS).documents for w in split(d.text)} | {"xyzzy", "the", "42"})


@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_a_second_asking_changes_nothing_and_equal_scores_come_in_the_order_of_ids(words: list[str]) -> None:
    visible = find_visible(NEKOPOLIS)

    first = recall(library(NEKOPOLIS), visible, " ".join(words))

    assert first == recall(library(NEKOPOLIS), visible, "  ".join(words).upper())
    assert len(first) <= MAX_PASSAGES
    assert [(-p.score, p.id) for p in first] == sorted((-p.score, p.id) for p in first)


@given(st.text(max_size=200))
def test_any_text_at_all_can_be_asked(text: str) -> None:
    assert len(recall(library(NEKOPOLIS), find_visible(NEKOPOLIS), text)) <= MAX_PASSAGES
