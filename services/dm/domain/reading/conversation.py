"""Conversation: somebody is called by name, kind or endearment, or is the only one whom "you" can mean.

All words of an action to one of them are one talk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.asking import LEAST, subjects_of
from services.dm.domain.reading.candidates import Candidate, one
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.english.addresses import CALLING, ENDEARMENTS, OPENING
from services.dm.domain.reading.english.function_words import DETERMINERS, PREPOSITIONS, PRONOUNS
from services.dm.domain.reading.english.questions import AUXILIARIES, WH
from services.dm.domain.reading.english.thesaurus import PERSON_WORDS
from services.dm.domain.reading.entities import Entity
from services.dm.domain.reading.lexing import tokens
from services.dm.domain.reading.meaning import Answer, Ask, Deed, Impossible, Meaning, Roleplay, Step
from services.dm.domain.reading.mentions import mention
from services.dm.domain.reading.naming import resolve
from services.dm.domain.reading.objects import meaningful
from services.dm.domain.reading.people import best_topic, last_spoken_with
from services.dm.domain.reading.phrasing_model import guess
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.spelling import stem
from services.dm.domain.reading.verbs import Verb, begins_with_verb, hear

YOU = word_set("you your yours yourself ya")
_LONGEST_CALL = 5
_CALLED, _GREETED = 0.8, 0.6
"""The least score of a name by which somebody is called, and of one after a greeting."""
_OF_ANYBODY = ENDEARMENTS | word_set(PERSON_WORDS)
_OF_THE_GAME = ("game", "help", "options", "wares", "price", "rules", "map")
"""Subjects that a "you" may be the game for, or whoever keeps the shop."""
_OF_A_THING = ("does", "ability", "way", "quest")
_THE_GAME = word_set("game gm dm ai bot computer program model llm gpt chatgpt narrator chat machine parser")
_LIKELY = 0.5
_SAID = 0.7
"""The nearness of a topic of which a word was said as it is."""
WHO_ARE_YOU = (("who", "are", "you"), ("what", "are", "you"), ("who", "you"))
_HELPING = word_set("tell show explain help remind")
"""Verbs of what the game does as well as somebody here: "can you tell me what is for sale?"."""
_POLITE = word_set("please pls plz thanks")
_BINDING = (
    PREPOSITIONS | PRONOUNS | DETERMINERS | AUXILIARIES | word_set("you and or of to know about seen tell is see like")
)
_OF_WHAT_IS_WANTED = word_set("show give get bring fetch find hand pass buy sell take follow send lead make")
_SELLING = word_set("sell selling sale stock")
_OF_A_SHOP = ("wares", "price")


def split_call(words: Sequence[str], scope: Scope) -> tuple[Entity | None, tuple[str, ...]]:
    """Somebody whose name stands by itself between commas, and the other words."""
    groups = _groups(words)
    if len(groups) < 2:
        first = _called_first(words, scope)
        return first if first[0] else _called_last(words, scope)
    for at in dict.fromkeys((0, len(groups) - 1, *range(len(groups)))):
        person = _named_alone(groups[at], scope)
        if person:
            rest = groups[:at] + groups[at + 1 :]
            return person, tuple(word for group in rest for word in group)
    return None, tuple(words)


def _called_first(words: Sequence[str], scope: Scope) -> tuple[Entity | None, tuple[str, ...]]:
    """ "officer please explain": a name before what is asked of it."""
    for size in (3, 2, 1):
        name, rest = words[:size], words[size:]
        if len(rest) > 1 and rest[0] in _POLITE | {"kindly"} and (person := _named_alone(name, scope)):
            return person, tuple(rest)
    return None, tuple(words)


def _called_last(words: Sequence[str], scope: Scope) -> tuple[Entity | None, tuple[str, ...]]:
    """ "how are you doing mondo": a name after a "you" and what is said of it."""
    for size in (2, 1):
        name, rest = words[-size:], words[:-size]
        said_to = not (YOU.isdisjoint(rest[:-1]) and _POLITE.isdisjoint(rest)) or wants_of_them(rest)
        if len(rest) > 1 and said_to and (rest[-1] not in _BINDING or rest[-1] in ("me", "us")):
            person = _named_alone(name, scope)
            if person:
                return person, tuple(rest)
    return None, tuple(words)


def wants_of_them(words: Sequence[str]) -> bool:
    """ "heal me": what is wanted of somebody; what "show me" is followed by is wanted, too."""
    wants = tuple(words[1:2]) in (("me",), ("us",)) and words[0] not in _OF_WHAT_IS_WANTED
    return wants and begins_with_verb(words[:1])


def called_alone(clause: Clause, scope: Scope) -> Entity | None:
    """Somebody who is called by all of the clause: "excuse me, Comrade Crumb?"."""
    words = [word for word in clause.said if word != ","]
    return _named_alone(words[words[0] == "you" :] if words[1:] else words, scope)


def find_called(words: Sequence[str], scope: Scope) -> Entity | None:
    """Somebody by whose name words begin or end that are said aloud: "kid, what did you throw in there"."""
    for size in (3, 2, 1):
        for name in (words[:size], words[-size:]):
            if len(words) > size and _BINDING.isdisjoint(name) and (person := _named_alone(name, scope)):
                return person
    return None


def put_to(person: Entity, words: Sequence[str], scope: Scope) -> Candidate:
    """Talk with somebody, about what the words are nearest to."""
    topic = best_topic(words, scope, person)
    return one(0.9, Deed("talk", {"npc": person.id, "topic": topic.id if topic else None}), person)


def whoever_is_told(clause: Clause, addressed: Entity | None, scope: Scope) -> Candidate | None:
    """ "how come you're not on the list, gramps?": somebody who is called is spoken to, though it is denied or
    supposed."""
    person, rest = split_call(clause.said, scope)
    if person is None and not YOU.isdisjoint(clause.said):
        person = addressed
    return put_to(person, rest, scope) if person else None


def _groups(words: Sequence[str]) -> list[list[str]]:
    return [list(group) for apart, group in groupby(words, ",".__eq__) if not apart]


def _named_alone(group: Sequence[str], scope: Scope) -> Entity | None:
    """The person whom these words call, when they do nothing else."""
    group = group[2:] if tuple(group[:2]) == ("you", "there") else group
    begin = next((at for at, word in enumerate(group) if word not in OPENING), len(group))
    name = list(group[begin:])
    if not 0 < len(name) <= _LONGEST_CALL or not YOU.isdisjoint(name):
        return None
    if name[0] in PREPOSITIONS | WH | AUXILIARIES or (name[0] in DETERMINERS and begin == 0):
        return None
    found = resolve(name, scope, "person")
    if not found.one and len(name) == 2:
        found = resolve(["".join(name)], scope, "person")
    if found.one and found.named and found.score >= (_GREETED if begin else _CALLED):
        known = found.one.words.keys() | _OF_ANYBODY
        is_all_name = all(stem(word) in known for word in meaningful(found.phrase.split()))
        return found.one if is_all_name else None
    if set(name) <= ENDEARMENTS and (not CALLING.isdisjoint(name) or name[-1] == "one"):
        return last_spoken_with(scope)
    return None


def find_later_talk(words: Sequence[str]) -> Verb | None:
    """ "… to ask him what became of it", "she wants to talk to the clerk": talk that comes later in a clause."""
    for at in range(1, len(words) - 1):
        if words[at - 1] not in _LEADING_ON:
            continue
        verb = next((verb for verb in hear(words[at:]) if verb.sense == "talk" and verb.phrase in _TALKING), None)
        if verb and verb.rest:
            return verb
    return None


_LEADING_ON = word_set("to and ,")
_TALKING = (("ask",), ("talk", "to"), ("talk", "with"), ("speak", "to"), ("speak", "with"), ("chat", "with"))


def find_asked(clause: Clause, scope: Scope) -> Entity | None:
    """The person asked by a question that says "you" and is none to the game, or is to tell of themselves: the one that
    is here, or who was spoken with."""
    words = clause.words
    if YOU.isdisjoint(words) or not _THE_GAME.isdisjoint(clause.said):
        return None
    if words[0] in _HELPING and {"yourself", "your"} & set(words):
        return last_spoken_with(scope)
    if not clause.question:
        return None
    at = next(at for at, word in enumerate(words) if word in YOU)
    helps = not _HELPING.isdisjoint(words[at + 1 : at + 2])
    if helps and subjects_of(clause.said, scope, True, LEAST, ("answer",)):
        return None
    if words[at - 1] in PREPOSITIONS or is_to_the_game(clause, scope):
        return None
    topic = best_topic(words, scope, least=_SAID)
    owner = next((person for person in scope.of("person") if topic and person.id == topic.owner), None)
    partner = last_spoken_with(scope)
    knows = topic is not None and partner is not None and best_topic(words, scope, partner, _SAID)
    return partner if knows else owner or partner


def is_to_the_game(clause: Clause, scope: Scope) -> bool:
    """Whether it is probably asked of the game, or is answered by what is for sale, or by a thing that it names."""
    likeliest = guess(clause.said, scope, asked=True)[0]
    if likeliest.kind != "answer" or likeliest.sure < _LIKELY:
        return False
    known = subjects_of(clause.said, scope, True, _LIKELY, ("answer",))
    names_it = bool(known) and isinstance(known[0], Answer) and known[0].subject in _OF_A_THING and known[0].about
    return likeliest.name in _OF_THE_GAME or bool(names_it)


def is_of_the_shop(words: Sequence[str], scope: Scope) -> bool:
    """Whether somebody is probably asked what is for sale, or what it costs."""
    if words[:1] == ("what",) and not _SELLING.isdisjoint(words) and "about" not in words:
        return bool(scope.briefing.wares)
    likeliest = guess(words, scope, asked=True)[0]
    named = likeliest.kind == "answer" and likeliest.name in _OF_A_SHOP
    return bool(scope.briefing.wares) and named and likeliest.sure >= _LIKELY


def inverted(words: Sequence[str]) -> bool:
    """ "is it …", "what …": words that a question begins with, and not "has told …" of somebody."""
    if words[:1] and words[0] in WH:
        return True
    return len(words) > 1 and words[0] in AUXILIARIES and words[1] in _SUBJECTS


_SUBJECTS = PRONOUNS | DETERMINERS | word_set("i you we there anyone anybody someone somebody not everyone")


def join_talks(steps: Sequence[Step], action: str, scope: Scope) -> tuple[Step, ...]:
    """The steps with one talk for each person and topic: what leads up to it is part of it. A talk that is all there
    is to do is about what all of the action is nearest to."""
    kept = list(steps)
    for npc in dict.fromkeys(_listener(step.meaning) for step in steps):
        talks = [step for step in kept if npc and _listener(step.meaning) == npc]
        told = [step for step in talks if _topic(step.meaning)]
        over = [step for step in talks if step not in (told or talks[:1])]
        kept = [step for step in kept if step not in over]
    return _asked_back(_about_all(kept, action, scope), scope)


def _asked_back(steps: Sequence[Step], scope: Scope) -> tuple[Step, ...]:
    """The steps; where nothing was understood, the question whether what is named is to be talked about."""
    if not all(_is_unheard(step, scope) for step in steps):
        return tuple(steps)
    for step in steps:
        meant = _perhaps(tokens(step.text), scope)
        if meant:
            return tuple(replace(each, meaning=meant) if each is step else each for each in steps)
    return tuple(steps)


def _perhaps(words: Sequence[str], scope: Scope) -> Ask | None:
    """Whether talk is meant about a topic, or with somebody, of whom a word was said."""
    topic = best_topic(words, scope)
    if topic:
        return Ask((Deed("talk", {"npc": topic.owner, "topic": topic.id}),))
    named = mention(words, scope, "person")
    if named.one and named.named:
        return Ask((Deed("talk", {"npc": named.one.id, "topic": None}),))
    return None


def _is_unheard(step: Step, scope: Scope) -> bool:
    """Whether nothing was understood, and it is hardly said for show."""
    if not isinstance(step.meaning, Roleplay) or step.meaning.manner not in ("murmur", "speech"):
        return False
    words = tokens(step.text)
    return step.meaning.manner == "murmur" or (bool(words) and guess(words, scope)[0].kind != "rp")


def _about_all(steps: Sequence[Step], action: str, scope: Scope) -> tuple[Step, ...]:
    talks = [step for step in steps if _listener(step.meaning)]
    others = [step for step in steps if step not in talks and not _is_only_said(step.meaning)]
    if len(talks) != 1 or others or _topic(talks[0].meaning):
        return tuple(steps)
    npc = _listener(talks[0].meaning)
    person = next((each for each in scope.of("person") if each.id == npc), None)
    topic = best_topic(tokens(action), scope, person, _SAID) if person else None
    if topic is None:
        return tuple(steps)
    about = Deed("talk", {"npc": npc, "topic": topic.id})
    return tuple(replace(step, meaning=about) if step is talks[0] else step for step in steps)


def _is_only_said(meaning: Meaning) -> bool:
    return isinstance(meaning, Answer | Roleplay) or (isinstance(meaning, Impossible) and meaning.deed is None)


def _listener(meaning: Meaning) -> str | None:
    return meaning.arguments["npc"] if isinstance(meaning, Deed) and meaning.tool == "talk" else None


def _topic(meaning: Meaning) -> str | None:
    return meaning.arguments["topic"] if isinstance(meaning, Deed) and meaning.tool == "talk" else None
