"""Every deed in words of its own, which read as that deed; and the question which of several is meant."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from contracts.dm import Remembered
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.english.function_words import ORDINALS
from services.dm.domain.reading.english.thesaurus import SLOTS
from services.dm.domain.reading.entities import Entity, content_of
from services.dm.domain.reading.law import is_worn
from services.dm.domain.reading.lexing import tokens
from services.dm.domain.reading.meaning import Ask, Deed
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.spelling import stem

WHICH = "you mean: "
"""The words that the question is known by: a story that asks quotes it whole, and the next action may answer it."""
_OR = ", or "
_QUESTION = re.compile(re.escape(WHICH) + r"([^?\n]+)\?")
_FRAMES: Mapping[str, str] = {
    "accept_quest": "accept {quest}",
    "attack": "attack {target}",
    "buy": "buy {item}",
    "defend": "defend myself",
    "drop": "drop {item}",
    "equip": "equip {item}",
    "flee": "flee",
    "give": "give {item} to {npc}",
    "hide": "hide",
    "move_to": "go to {place}",
    "persuade": "{approach} {npc}",
    "rest": "rest",
    "search": "search the place",
    "sell": "sell {item}",
    "take": "take {find}",
    "try_feature": "try {feature} with {approach}",
    "unlock": "unlock {exit}",
    "unequip": "take off {slot}",
}
_APPROACHES = {"reason": "reason with", "joke": "joke with", "lie": "lie to", "plead": "plead with"}
_NTH = {number: word for word, number in reversed(ORDINALS.items()) if word.isalpha()}
_YES = word_set("yes yeah yep yup sure ok okay right exactly please correct do it aye y")


def phrase(deed: Deed, scope: Scope) -> str:
    """The deed as a player would say it, in words that read as it here."""
    names = {key: name_of(value, scope) for key, value in deed.arguments.items() if value is not None}
    if deed.tool == "talk":
        return f"ask {names['npc']} about {_topic(deed, scope)}" if names.get("topic") else f"talk to {names['npc']}"
    if deed.tool == "level_up":
        return f"level up {names.get('ability') or names.get('stat')}"
    if deed.tool in ("use_ability", "use_item"):
        thing = names.get("ability") or names.get("item", "")
        return f"use {thing} on {names['target']}" if names.get("target") else f"use {thing}"
    if deed.tool == "attack" and "weapon" in names:
        return f"attack {names['target']} with {names['weapon']}"
    if deed.tool == "unlock" and "approach" in names:
        return f"unlock {names['exit']} with {deed.arguments['approach']}"
    if deed.tool == "persuade":
        names["approach"] = _APPROACHES.get(names["approach"], names["approach"])
    if deed.tool == "unequip":
        names["slot"] = _worn_at(deed.arguments["slot"] or "", scope)
    return _FRAMES[deed.tool].format(**names)


def name_of(id_: str, scope: Scope) -> str:
    found = next((entity for entity in scope.entities if id_ in (entity.id, entity.name)), None)
    if found is None:
        return id_
    alike = [entity for entity in scope.of(found.kind) if entity.name == found.name]
    return f"the {_NTH[found.order]} {found.name}" if len(alike) > 1 and found.kind == "foe" else found.name


def _topic(deed: Deed, scope: Scope) -> str:
    topics = scope.of("topic")
    return next((t.name for t in topics if t.id == deed.arguments["topic"] and t.owner == deed.arguments["npc"]), "")


def _worn_at(slot: str, scope: Scope) -> str:
    worn = [e.name for e in scope.of("item") if is_worn(e.thing, scope) and e.thing.slot == slot]
    return worn[0] if worn else SLOTS[slot].split()[0] if slot in SLOTS else slot


def question(ask: Ask, scope: Scope) -> str:
    """The question which of its options is meant, or whether the only one is. A story quotes it as it is, so that its
    answer is understood."""
    asked = "Which do " if len(ask.options) > 1 else "Do "
    return asked + WHICH + _OR.join(phrase(option, scope) for option in ask.options) + "?"


def choose_option(action: str, history: Sequence[Remembered]) -> str:
    """The option that an action chooses of the question the last turn ended with; nothing when it asked none, or when
    the action is something else."""
    asked = _QUESTION.search(history[-1].narrative) if history else None
    if asked is None:
        return ""
    options = asked.group(1).split(_OR)
    words = [
        word
        for word in tokens(action)
        if word not in (",", ".", "!", "the", "one", "option", "i", "mean", "that", "number", "please", "want")
    ]
    return _choose(words, options)


def _choose(words: Sequence[str], options: Sequence[str]) -> str:
    if not words or len(words) > 6:
        return ""
    if set(words) <= _YES:
        return options[0] if len(options) == 1 else ""
    numbers = [ORDINALS[word] for word in words if word in ORDINALS]
    counted = all(any(word in ORDINALS for word in option.split()) for option in options)
    if numbers and len(words) <= 2 and not counted:
        return options[numbers[0] - 1] if numbers[0] <= len(options) else ""
    told = {stem(word) for word in words}
    scores = [len(told & set(_telling(option, options))) for option in options]
    if (
        max(scores)
        and scores.count(max(scores)) == 1
        and max(scores) == len({w for w in told if w not in _CARRIED_OVER})
    ):
        return options[scores.index(max(scores))]
    number = next((ORDINALS[word] for word in words if word in ORDINALS), len(options) if words[-1] == "last" else 0)
    if number == 0 and words[-1] == "one":
        number = 1
    return options[number - 1] if 0 < number <= len(options) and len(words) <= 2 else ""


_CARRIED_OVER = word_set("to with on of about from at")


def _telling(option: str, options: Sequence[str]) -> list[str]:
    """The words of an option that not all of them have."""
    shared = set.intersection(*(set(content_of(other)) for other in options)) if len(options) > 1 else set()
    return [word for word in content_of(option) if word not in shared]


def nearest_phrases(entity: Entity | None, deeds: Sequence[Deed], scope: Scope) -> tuple[str, ...]:
    """Two things that may have been meant, in words that work."""
    about = [deed for deed in deeds if entity and entity.id in deed.arguments.values()]
    return tuple(phrase(deed, scope) for deed in (about or list(deeds))[:2])
