"""The model of phrasings is of the words that are kept beside it, and learns what it is shown."""

from __future__ import annotations

import json
from collections import Counter

from ninelives.evaluation.understanding.ranking import Choice, author, groups, learn
from ninelives.evaluation.understanding.training import (
    BANK,
    Example,
    bank,
    bank_digest,
    examples,
    list_taught,
    read_typed,
    train,
)
from ninelives.evaluation.understanding.wants import inputs
from services.dm.domain.reading import ranking
from services.dm.domain.reading.phrasing_model import WEIGHTS, features


def test_the_weights_are_of_this_bank_and_corpus() -> None:
    kept = json.loads(WEIGHTS.read_text(encoding="utf-8"))

    assert kept["bank"] == bank_digest(), "the words have changed: `ninelives dm train`"


def test_the_ranking_is_learnt_from_this_bank_and_corpus() -> None:
    kept = json.loads(ranking.WEIGHTS.read_text(encoding="utf-8"))

    assert kept["bank"] == bank_digest(), "the words have changed: `ninelives dm train`"


def test_a_ranking_learns_what_speaks_for_the_better_option() -> None:
    clear = Choice(({"rules": 1.0}, {"phrased": 1.0}), ("dead", "understood"))
    worse = Choice(({"rules": 1.0}, {"phrased": 1.0, "a deed": 1.0}), ("graceful", "wrong"))
    weights = learn([clear] * 10 + [worse] * 10)

    assert weights["phrased"] > weights["rules"] > weights["phrased"] + weights["a deed"]


def test_an_author_is_in_one_group_only() -> None:
    dev = [entry for entry in inputs() if not entry.is_test]
    authors = [{author(entry) for entry in group} for group in groups(dev)]

    assert sum(map(len, authors)) == len(set().union(*authors))


def test_every_label_of_the_bank_has_many_phrasings_and_none_comes_twice() -> None:
    lines = [line for path in BANK.glob("*.tsv") for line in path.read_text(encoding="utf-8").splitlines()]
    labels = Counter(line.split("\t")[0] for line in lines)

    assert min(labels.values()) >= 40
    assert len({tuple(line.split("\t")[:3]) for line in lines}) == len(lines)


def test_the_model_is_shown_nothing_of_the_test_split_or_of_the_newest_authors() -> None:
    shown = [entry for entry in inputs() if not entry.is_test and author(entry) not in {"k", "l", "m", "n"}]

    assert list_taught() == shown
    assert len(examples()) == sum(1 for _ in read_typed(shown)) + sum(1 for _ in bank())


def test_what_is_told_apart_by_a_word_is_learnt() -> None:
    said = {"answer.money": "how much money have i", "answer.lives": "how many lives have i"}
    labels, weights = train([Example(features(text.split(), (), ()), (label,)) for label, text in said.items()])

    for label, text in said.items():
        scores = [sum(column) for column in zip(*(weights[f] for f in features(text.split(), (), ())), strict=True)]
        assert labels[scores.index(max(scores))] == label


def test_a_word_that_was_never_seen_is_known_by_its_pieces() -> None:
    said = {"answer.money": "wealthy", "answer.lives": "mortal"}
    labels, weights = train([Example(features((word,), (), ()), (label,)) for label, word in said.items()])

    for label, unseen in {"answer.money": "wealthier", "answer.lives": "immortality"}.items():
        known = [weights[feature] for feature in features((unseen,), (), ()) if feature in weights]
        scores = [sum(column) for column in zip(*known, strict=True)]
        assert labels[scores.index(max(scores))] == label


def test_slots_of_the_bank_are_the_kinds_that_a_scene_has() -> None:
    slots = {feature for example in bank() for feature in example.features if feature.startswith("kind ")}

    assert {f"kind {kind}" for kind in ("person", "foe", "item", "ware", "find", "way", "feature", "ability")} <= slots
