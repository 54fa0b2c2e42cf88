"""Ranking what a clause may mean by the evidence for each, with weights that `ninelives dm train` learns.

What the rules chose stands unless another meaning is better by a margin: they cover what is rare in the corpus.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from math import exp
from pathlib import Path

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading import few_words
from services.dm.domain.reading.addressing import find_listener
from services.dm.domain.reading.asking import meaning_by_form
from services.dm.domain.reading.candidates import Candidate
from services.dm.domain.reading.evidence import Evidence, weigh_evidence
from services.dm.domain.reading.law import GUARDED
from services.dm.domain.reading.meaning import Answer, Ask, Deed, Impossible, Meaning, Roleplay
from services.dm.domain.reading.mending import is_known_here
from services.dm.domain.reading.mentions import mention
from services.dm.domain.reading.options import Option
from services.dm.domain.reading.people import best_topic
from services.dm.domain.reading.said import Said

WEIGHTS = Path(__file__).parent / "english" / "ranking.json"
UNIT = 64
"""Weights are kept as whole numbers: so many make 1."""
BETTER, MUCH_BETTER, FAR_BETTER = 0.5, 2.1, 3.0
"""By so much must something else be better than what the rules chose: by more, where it is a deed, or passes over what
was named or somebody who is spoken to; by the most where a thing is only named that could be taken."""
LIKELY = 0.25
"""The least share of all that a clause may mean which something else must have."""


SURE, DOUBTFUL, POSSIBLE = 0.65, 0.5, 0.12
"""Shares: an answer that has less than the first may be meant for another question, which has at least the last; one
that has less than the second is told with a doubt."""
_AT_LENGTH = ("look", "recap", "rules", "game", "help", "options")
"""Subjects whose answers are too long to be told beside another."""
_CALLED = 0.9
"""The least score of the name of somebody who is gone to."""
_USING_UP = ("use_item",)
_YOU = word_set("you your yours yourself u")
_FIRM = ("orders", "declined", "later", "wish")
"""Manners that rest on the form of what is said."""

Preference = Callable[[Sequence[Option], Said], Candidate]
"""Chooses among the options of a clause; the first of them is what the rules chose."""


@cache
def weights() -> Mapping[str, int]:
    """The trained weights. They are part of the package, like its code."""
    known: dict[str, int] = json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"]
    return known


def prefer(options: Sequence[Option], said: Said) -> Candidate:
    """The best option by the evidence, or the first where none is clearly better."""
    return options[_choose(options, said)[0]].candidate


def prefer_answering(options: Sequence[Option], said: Said) -> Candidate:
    """The best option, and beside a doubtful one the answer to the question that it may be, which costs nothing."""
    at, scores = _choose(options, said)
    chosen = options[at].candidate
    peak = max(scores, default=0.0)
    shares = [exp(score - peak) for score in scores]
    if not scores or shares[at] >= SURE * sum(shares) or not _may_be_a_question(chosen):
        return chosen
    doubtful = tuple(
        replace(meaning, doubtful=True) if isinstance(meaning, Answer) else meaning for meaning in chosen.meanings
    )
    chosen = replace(chosen, meanings=doubtful) if shares[at] < DOUBTFUL * sum(shares) else chosen
    answers = [
        (share, meaning)
        for share, option in zip(shares, options, strict=True)
        for meaning in option.candidate.meanings
        if isinstance(meaning, Answer) and meaning.subject not in _AT_LENGTH and meaning not in chosen.meanings
    ]
    share, other = max(answers, key=lambda told: told[0], default=(0.0, None))
    if other is None or share < POSSIBLE * sum(shares):
        return chosen
    return replace(chosen, meanings=(*chosen.meanings, other))


def _choose(options: Sequence[Option], said: Said) -> tuple[int, list[float]]:
    """The number of the best option, and the scores of all; none where there is nothing to weigh."""
    chosen = options[0].candidate
    if len(options) == 1 or _stands(chosen.meanings[0], said):
        return 0, []
    scores = [_score(each) for each in weigh_evidence(options, said)]
    better = [
        (score, -number)
        for number, (score, option) in enumerate(zip(scores, options, strict=True))
        if number
        and score - scores[0] > _margin(option.candidate, chosen, said)
        and _may_be(option.candidate, said)
        and not all(meaning in chosen.meanings for meaning in option.candidate.meanings)
    ]
    best, number = max(better, default=(0.0, 0))
    is_likely = bool(better) and LIKELY * sum(exp(each - best) for each in scores) < 1.0
    return (-number if is_likely else 0), scores


def _may_be_a_question(candidate: Candidate) -> bool:
    """Whether it is one meaning, and one that may be changed into an answer without anything being left undone."""
    meaning = candidate.meanings[0]
    if len(candidate.meanings) > 1:
        return False
    match meaning:
        case Roleplay(manner):
            return manner in ("murmur", "emote")
        case Impossible(deed=None):
            return True
    return isinstance(meaning, Answer)


def _score(evidence: Evidence) -> float:
    known = weights()
    return sum(value * known.get(name, 0) for name, value in evidence.items()) / UNIT


def _stands(chosen: Meaning, said: Said) -> bool:
    """Whether there is nothing to weigh: noise, a question to the player, what is not so, what is said in a form that
    means but one thing, who is not here or is gone to, words on a topic, of which it will be asked whether they are to
    be talked about, and who goes up to something."""
    match chosen:
        case Ask() | Answer("lore") | Impossible("not-so"):
            return True
        case Roleplay(manner) if manner in _FIRM:
            return True
        case Impossible("not-here", name) if any(name == each.name for each in said.scope.of("away")):
            return True
        case Deed("move_to") if mention(said.clause.words, said.scope, "away").score >= _CALLED:
            return True
        case Roleplay("emote", str()) if "move_to" in said.first_senses:
            return True
        case Roleplay("murmur" | "speech") if best_topic(said.clause.said, said.scope):
            return True
    return _is_by_form(chosen, said) or not any(is_known_here(word, said.scope) for word in said.content)


def _is_by_form(chosen: Meaning, said: Said) -> bool:
    """Whether what was chosen is the only thing that the form of the words means: a question that has one answer, goods
    laid on a counter, a yes to an offer, what is done instead of something, what is said aloud to somebody."""
    clause, scope = said.clause, said.scope
    match chosen:
        case Answer("price") if "drop" in said.first_senses:
            return True
        case Deed("accept_quest") if few_words.assent(clause, None, None, scope):
            return True
        case Deed("talk") if find_listener(clause, scope) or (said.addressed and not said.first_senses):
            return True
        case Deed() if clause.said[:2] == ("instead", "of"):
            return True
    return clause.question and meaning_by_form(clause.words, scope) == chosen


def _may_be(candidate: Candidate, said: Said) -> bool:
    """Whether it may be chosen: asking whether a deed can be done does not do it yet, and what a cat does for itself
    it does to nobody."""
    meaning, clause = candidate.meanings[0], said.clause
    if not isinstance(meaning, Deed) or meaning.tool == "talk":
        return True
    for_itself = meaning.tool == "use_ability" and not meaning.arguments["target"]
    if for_itself and mention(clause.words, said.scope, "foe", "spawn", "person").named:
        return False
    is_guarded = meaning.tool in GUARDED or meaning.tool in _USING_UP
    is_asked = clause.question and (clause.marked or clause.words[:1] != ("do",))
    return not is_asked and not (is_guarded and (clause.request or clause.marked))


def _margin(candidate: Candidate, chosen: Candidate, said: Said) -> float:
    match chosen.meanings[0], candidate.meanings[0]:
        case _, Deed("take") if not said.verbs:
            return FAR_BETTER
        case (_, Deed()) | (Answer(about=str()), Answer(about=None)):
            return MUCH_BETTER
        case Deed("talk"), _ if _is_to_somebody(said):
            return MUCH_BETTER
    return BETTER


def _is_to_somebody(said: Said) -> bool:
    words = said.clause.said
    return said.addressed or not _YOU.isdisjoint(words) or mention(words, said.scope, "person").named
