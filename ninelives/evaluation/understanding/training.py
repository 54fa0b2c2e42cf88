"""Training the model of phrasings: softmax regression by stochastic gradient descent.

Examples are the bank of phrasings and those inputs of dev that are one clause. The same bank and corpus give the same
weights. Takes two minutes.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import exp, sqrt

from ninelives.evaluation.understanding.situations import PLAYERS, setting
from ninelives.evaluation.understanding.wants import LabelledWant, PlayerInput, inputs
from services.dm.domain.reading.clauses import clauses_of
from services.dm.domain.reading.lexing import tokens
from services.dm.domain.reading.masking import mask
from services.dm.domain.reading.phrasing_model import UNIT, WEIGHTS, Weights, context, features
from services.dm.domain.reading.scope import Scope

BANK = PLAYERS.parent / "phrasings"
UNTAUGHT = ("k-", "l-", "m-", "n-")
"""Letters of the newest authors, with which their inputs begin."""
EPOCHS, RATE, DECAY = 14, 0.5, 0.82
LEFT_OUT = 0.3
"""The share of features that an example is shown without, others each time: none of them may be leant on alone."""
_NEGLIGIBLE = 0.002
"""Labels less likely than this are not unlearnt any further."""
DEV_WEIGHT = 2.0
"""An input that was typed in a situation is worth so many phrasings of the bank."""
LEAST_WEIGHT = 2
"""Smaller weights, in units, are left out. A word has many pieces of little weight: without them it is misread."""
IN_OTHER_WORDS, _LESS = "_in_other_words", 0.5
"""The ending of the names of files with many phrasings of the same, and the worth of one of theirs."""
_SLOT = re.compile(r"\{(\w+)\}")
CONTEXTS = {"any": (), "fight": ("fight",), "shop": ("shop", "people"), "people": ("people",), "calm": ("calm",)}


@dataclass(frozen=True)
class Example:
    """Features of a clause, and the labels that are right, each as good as the others."""

    features: frozenset[str]
    labels: tuple[str, ...]
    weight: float = 1.0


def bank() -> Iterator[Example]:
    """The phrasings that were written down, with slots in place of names."""
    for path in sorted(BANK.glob("*.tsv")):
        worth = _LESS if path.stem.endswith(IN_OTHER_WORDS) else 1.0
        for line in path.read_text(encoding="utf-8").splitlines():
            label, place, text = line.split("\t")
            said = [word for part in _parts(text) for word in part]
            kinds = {word[1:-1] for word in said if word.startswith("<") and word != "<number>"}
            yield Example(features(said, kinds, CONTEXTS[place], text.endswith("?")), (label,), worth)


def bank_words() -> list[str]:
    """The words that phrasings are made of, spelt as they should be: an input of a player may have slips."""
    said = (feature for example in bank() for feature in example.features)
    return sorted({word for word in said if word.isalpha()})


def _parts(text: str) -> Iterator[Sequence[str]]:
    for number, part in enumerate(_SLOT.split(text)):
        yield (f"<{part}>",) if number % 2 else tokens(part)


def read_typed(entries: Sequence[PlayerInput]) -> Iterator[Example]:
    """Inputs in their situations; of those with several clauses nobody knows which is meant."""
    for entry in entries:
        labels = tuple(sorted(_labels(entry.want)))
        if labels == ("rp.emote",) and "nonsense" in entry.tags:
            labels = ("rp.nonsense",)
        there = setting(entry.situation)
        scope = Scope(there.scene, there.lore.briefing, there.history)
        clauses = clauses_of(tokens(entry.text), lambda words: False)
        if not labels or _is_foreign(entry.want) or len(clauses) != 1 or clauses[0].spoken:
            continue
        said, kinds = mask(clauses[0].said, scope)
        asked = clauses[0].question or clauses[0].marked
        yield Example(features(said, kinds, context(scope), asked), labels, DEV_WEIGHT)


def _is_foreign(want: LabelledWant) -> bool:
    return bool(want.language) or any(_is_foreign(part) for part in want.any or ())


def _labels(want: LabelledWant) -> set[str]:
    found = {label for part in want.any or () for label in _labels(part)}
    if want.answer:
        found.add(f"answer.{want.answer.partition(':')[0]}")
    if want.talk:
        found.add("do.talk.topic" if want.talk.topic else "do.talk")
    if want.do and len(want.do) == 1:
        [deed] = want.do
        found.add("do.talk.topic" if deed.tool == "talk" and deed.args.get("topic") else f"do.{deed.tool}")
    if want.roleplay and not found:
        found.add("rp.emote")
    return found


def train(examples: Sequence[Example], epochs: int = EPOCHS) -> tuple[tuple[str, ...], dict[str, list[float]]]:
    """The labels, and each feature's weight for each of them."""
    labels = tuple(sorted({label for example in examples for label in example.labels}))
    number = {label: at for at, label in enumerate(labels)}
    weights: dict[str, list[float]] = {f: [0.0] * len(labels) for e in examples for f in e.features}
    order = [(sorted(each.features), [number[label] for label in each.labels], each.weight) for each in examples]
    chance, rate = random.Random(9), RATE
    for _ in range(epochs):
        chance.shuffle(order)
        for features_, wanted, worth in order:
            rows = [weights[feature] for feature in features_ if chance.random() >= LEFT_OUT] or [weights[features_[0]]]
            share = len(features_) / len(rows)
            scores = [share * sum(column) for column in zip(*rows, strict=True)]
            most = max(scores)
            odds = [exp(score - most) for score in scores]
            total = sum(odds)
            right = sum(odds[at] for at in wanted)
            step = rate * worth / sqrt(len(rows))
            slope = {at: -step * odd / total for at, odd in enumerate(odds) if odd > _NEGLIGIBLE * total}
            for at in wanted:
                slope[at] = slope.get(at, 0.0) + step * odds[at] / right
            for row in rows:
                for at, move in slope.items():
                    row[at] += move
        rate *= DECAY
    return labels, weights


def keep_heavy(labels: Sequence[str], weights: dict[str, list[float]]) -> Weights:
    """The weights that the reader needs, in whole numbers; weights near nothing are left out."""
    strong = {
        feature: " ".join(f"{at}:{round(w * UNIT)}" for at, w in enumerate(row) if abs(w * UNIT) >= LEAST_WEIGHT)
        for feature, row in sorted(weights.items())
    }
    by_feature = {feature: pairs for feature, pairs in strong.items() if pairs}
    return Weights(tuple(labels), frozenset(bank_words()), by_feature)


def write(known: Weights) -> None:
    """Write the weights where the reader finds them."""
    model = {
        "bank": bank_digest(), "words": sorted(known.words), "labels": known.labels, "weights": dict(known.by_feature),
    }  # fmt: skip
    WEIGHTS.write_text(
        json.dumps(model, separators=(",", ":")) + "\n",
        encoding="utf-8",
    )


def bank_digest() -> str:
    """The digest of the words of the bank and of what is taught of dev, in 16 hex digits: weights are of these words or
    of others."""
    said = [path.read_text(encoding="utf-8") for path in sorted(BANK.glob("*.tsv"))]
    said += [entry.model_dump_json() for entry in list_taught()]
    return sha256("\n".join(said).encode()).hexdigest()[:16]


def list_taught() -> list[PlayerInput]:
    """The inputs to learn from: of the test split none, and none of the newest authors, who show what learning carries
    over."""
    return [entry for entry in inputs() if not (entry.is_test or entry.id.startswith(UNTAUGHT))]


def examples() -> list[Example]:
    """All there is to learn from."""
    return [*bank(), *read_typed(list_taught())]
