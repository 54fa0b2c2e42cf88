"""Requests that leave the game, by what was typed: a part of it that has words which neither the game nor the scene
has, and asks for nothing that rules, sheet or scene decide.

Whether a sentence answers such a request no list of words can say: "water first, then rest" is advice, and weather. So
what was typed is read, before a story is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from re import fullmatch

from contracts.dm import ValidateAndRoute
from services.dm.domain.english.numerals import NUMERAL
from services.dm.domain.english.tokens import written_out
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading import Answer, Ask, Deed, Impossible, Step, read
from services.dm.domain.reading.english.function_words import DETERMINERS, SUBJECTS
from services.dm.domain.reading.verbs import hear, is_common, is_verb
from services.dm.domain.story.vocabulary import plain_words, root, tells_news

_SHORTEST = 3
_NO_SCENE = frozenset(("help", "lives", "next-step", "options", "recap", "rules"))
"""Subjects of questions that no scene answers: "what shall I cook tonight?" is read as asking for the next step."""
_STAND = word_set("stand stands going doing faring")
"""Verbs of questions about things in general: how they stand."""
_RECKONS = word_set("times plus minus multiplied divided over x")
_ELSEWHERE = word_set("in at on")
"""Words of a question for the time of some place."""
_ASKS_FOR_WORDS = frozenset(("talk", "show", "take"))


def leaves_game(request: ValidateAndRoute, seen: Collection[str], names: Collection[str]) -> bool:
    """Whether what was typed asks for something that is not of the game. `seen`: stems of what can be read in the
    scene as it is, `names` those of names. Lore is looked up by what was typed, and so has its words."""
    if _is_sum(written_out(request.action)):
        return True
    steps = read(request.action, request.scene, request.briefing)
    if any(_asks_no_scene(step, names) for step in steps) and _says_more(request.action):
        return True
    known = {*seen, *names}
    return any(_is_strange(step.text, known) and not _is_of_here(step) for step in steps)


def _is_strange(typed: str, seen: Collection[str]) -> bool:
    """Whether a word of it is neither of the scene, nor of what can be done in the game, nor of what can come of
    it."""
    words = written_out(typed)
    told = (at for at, word in enumerate(words) if len(word) >= _SHORTEST and not word.isdigit() and word not in _STAND)
    return any(
        not (is_common(words[at]) or tells_news(words[at]) or root(words[at]) in seen or _is_done(at, words))
        for at in told
    )


def _is_sum(words: Sequence[str]) -> bool:
    """Whether it has a sum of two numbers: "17 times 23"."""
    return any(
        word in _RECKONS and _is_number(words[at - 1]) and any(map(_is_number, words[at + 1 : at + 3]))
        for at, word in enumerate(words)
        if at
    )


def _is_number(word: str) -> bool:
    return word.isdigit() or bool(fullmatch(NUMERAL, word))


def _is_done(at: int, words: tuple[str, ...]) -> bool:
    """Whether a word says what is done: "nurse it", and not "a nurse"."""
    return is_verb(words[at]) and not (at and words[at - 1] in DETERMINERS)


def _asks_no_scene(step: Step, names: Collection[str]) -> bool:
    """Whether it is a question for the rules, or about what has no name in the game."""
    meant = step.meaning
    if not isinstance(meant, Answer):
        return False
    if meant.subject == "lore":
        about = (meant.about or "").split("-")
        is_named = any(root(word) in names for word in about)
        return not (is_named and all(root(word) in names or is_common(word) or tells_news(word) for word in about))
    if meant.subject == "time":
        return not _ELSEWHERE.isdisjoint(written_out(step.text))
    return not meant.about and meant.subject in _NO_SCENE


def _says_more(typed: str) -> bool:
    """Whether there is more in it than "what now?"."""
    common = plain_words() | SUBJECTS | _STAND
    return any(word not in common and root(word) not in common for word in written_out(typed))


def _is_of_here(step: Step) -> bool:
    """Whether it is decided here what comes of it. Talk about nothing certain may be about anything; whoever looks for
    something sees what is here."""
    meant = step.meaning
    if isinstance(meant, Impossible) and meant.deed is None:
        return meant.reason == "not-here" and _looks(step.text)
    deed = meant.deed if isinstance(meant, Impossible) else meant
    if isinstance(deed, Deed):
        return deed.tool != "talk" or bool(deed.arguments.get("topic"))
    if isinstance(deed, Answer):
        return bool(deed.about) or deed.subject == "self"
    return isinstance(deed, Ask)


def _looks(typed: str) -> bool:
    senses = {verb.sense for verb in hear([word for word in written_out(typed) if word not in SUBJECTS])}
    return "examine" in senses and not senses & _ASKS_FOR_WORDS
