"""Requests that leave the game: words typed that neither the game nor the scene has, in a part that asks for nothing the
rules decide here.

Whether a sentence answers such a request no list of words can say: "water first, then rest" is advice, and weather. So what
was typed is read, before a story is.
"""

from __future__ import annotations

from collections.abc import Collection

from contracts.dm import ValidateAndRoute
from services.dm.domain.english.tokens import written_out
from services.dm.domain.reading import Answer, Ask, Deed, Impossible, Step, read
from services.dm.domain.reading.english.function_words import SUBJECTS
from services.dm.domain.reading.verbs import hear, is_of_the_game
from services.dm.domain.story.vocabulary import root, tells_news

_SHORTEST = 3
_NO_SCENE = frozenset(("game", "level", "lives", "next-step", "options", "recap", "rules", "time"))


def leaves_game(request: ValidateAndRoute, seen: Collection[str]) -> bool:
    """Whether what was typed asks for something that is not of the game. `seen`: stems of all that is said and named in
    the scene and in what is remembered."""
    steps = read(request.action, request.scene, request.briefing)
    return any(_is_of_the_game_itself(step) or (_is_strange(step.text, seen) and not _is_of_here(step)) for step in steps)


def _is_strange(typed: str, seen: Collection[str]) -> bool:
    """Whether a word of it is neither of the scene, nor of what can be done in the game, nor of what can come of that."""
    words = (word for word in written_out(typed) if len(word) >= _SHORTEST and not word.isdigit())
    return any(not (is_of_the_game(word) or tells_news(word) or root(word) in seen) for word in words)


def _is_of_the_game_itself(step: Step) -> bool:
    """Whether it is a question that rules and record answer, and no scene: "what should I cook" is read as one."""
    return isinstance(step.meaning, Answer) and not step.meaning.about and step.meaning.subject in _NO_SCENE


def _is_of_here(step: Step) -> bool:
    """Whether the rules, the sheet or the scene say what comes of it. Talk about nothing certain may be about anything;
    whoever looks for something sees what is here."""
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
    words = [word for word in written_out(typed) if word not in SUBJECTS]
    senses = {verb.sense for verb in hear(words)}
    return "examine" in senses and not senses & {"talk", "show", "take"}
