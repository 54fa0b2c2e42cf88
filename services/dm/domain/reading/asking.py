"""Questions: which of the things the scene can answer is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.english.function_words import CARDINALS, DETERMINERS, PRONOUNS
from services.dm.domain.reading.english.questions import AUXILIARIES, BARE, WH
from services.dm.domain.reading.english.thesaurus import PERSON_WORDS
from services.dm.domain.reading.entities import Entity, aliases_of, content_of
from services.dm.domain.reading.likeness import whole_name
from services.dm.domain.reading.looking import LOOKED_AT, spoken_of_here, told_of
from services.dm.domain.reading.meaning import Answer, Ask, Deed, Meaning
from services.dm.domain.reading.mentions import POINTING, SHOWN, WHOM, mention
from services.dm.domain.reading.naming import resolve
from services.dm.domain.reading.objects import meaningful
from services.dm.domain.reading.people import best_topic, last_spoken_with
from services.dm.domain.reading.phrasing_model import Guess, guess
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.spelling import closeness, stem
from services.dm.domain.reading.verbs import is_known

_ABOUT: Mapping[str, tuple[str, ...]] = {
    "ability": ("ability",),
    "does": ("item", "ware", "find"),
    "price": ("ware", "item", "find"),
    "quest": ("quest", "offer"),
    "topics": ("person",),
    "way": ("way", "place", "away"),
    "examine": LOOKED_AT,
    "read": ("feature", "item", "find", "ware", "foe"),
}
"""Kinds of things that a subject is about; one that is not here is about the scene as a whole."""
_AT_LARGE = {
    "ability": "abilities", "does": "inventory", "price": "wares", "quest": "quests", "topics": "people",
    "way": "exits", "examine": "look", "lore": "recap",
}  # fmt: skip
"""The subject that is asked about when nothing of the kind is named."""
_TOPIC = "do.talk.topic"
_ASKED = ("answer", _TOPIC)
_NAMED, _POINTED, _UNNAMED = 0.5, 0.75, 0.45
"""The least score of a name; how much a subject is worth whose object is only pointed at, or is not named."""
_CALLED = 0.9
"""The least score of a name of somebody who is asked: a word of what they do is not enough."""
_TOLD = 0.75
"""The least share of a topic's words by which a question that addresses nobody is about it."""
_SURELY = 0.8
"""The score of a name from which on it is somebody here who is asked about."""
_FEW = 6
_CLEAR, _ALIKE = 0.6, 0.3
"""From this probability on a subject needs no second; the least share of the first one's that a second has."""
LEAST = 0.1
"""Below this probability nobody could tell what is asked."""
_ADDRESSING = word_set("you your he she him her his they ask tell")
"""Words of somebody who wants it from a person."""
_YOU = word_set("you your")
_MOST = 3
"""Facts told of a question and the context it is asked in."""
_LORE = word_set("who what tell whos whats")


def subjects_of(
    words: Sequence[str], scope: Scope, asked: bool, least: float, among: Sequence[str] = _ASKED
) -> tuple[Meaning, ...]:
    """The meanings of a question, by how it is phrased and what it names; none when they are less likely than `least`.
    Where two answers are alike likely both are given: a second fact does no harm."""
    guesses = [
        each for each in guess(words, scope, among, asked)[:_FEW] if each.kind == "answer" or each.label == _TOPIC
    ]
    read = [(fit * each.sure, meaning) for each in guesses for fit, meaning in meanings_of(each, words, scope)]
    read.sort(key=lambda each: -each[0])
    if read and read[0][0] < least:
        read = [each for each in read if asked and isinstance(each[1], Answer) and _stands_out(each[0], read)]
    if not read:
        return ()
    best, meaning = read[0]
    second = next((other for worth, other in read[1:] if worth >= max(least, best * _ALIKE) and other != meaning), None)
    both = best < _CLEAR and isinstance(meaning, Answer) and isinstance(second, Answer)
    both = both and (second != Answer("wares") or bool(scope.briefing.wares))
    return (meaning, second) if both and second else (meaning,)


def _stands_out(worth: float, read: Sequence[tuple[float, Meaning]]) -> bool:
    """Whether it is a good share of what may be meant, where what seemed likeliest names nothing here."""
    return worth >= LEAST / 2 and worth >= _ALIKE * sum(each for each, _ in read)


def meanings_of(said: Guess, words: Sequence[str], scope: Scope) -> Iterator[tuple[float, Meaning]]:
    """Meanings that a subject may have, each after how well the words name what it is about, 0 … 1."""
    if said.label == _TOPIC:
        yield from _talks(words, scope)
        return
    kinds = _ABOUT.get(said.name)
    if kinds is None:
        found = _lore(words) if said.name == "lore" else None
        is_one = said.name == "people" and mention(words, scope, "person").named
        yield (_UNNAMED / 3 if is_one else 1.0), found or Answer(_AT_LARGE.get(said.name, said.name))
        return
    named = mention(words, scope, *kinds)
    if named.entities and named.score >= _NAMED and (named.named or _was_spoken_of(named.entities[0], scope)):
        yield (1.0 if named.named else _POINTED), _answer_about(said.name, named.entities[0])
    elif said.name == "topics" and (partner := last_spoken_with(scope)):
        yield _POINTED, Answer("topics", partner.id)
    elif said.name == "quest" and (running := [q for q in scope.of("quest") if q.thing.status == "active"]):
        yield _POINTED, Answer("quest", running[-1].id)
    elif said.name == "quest" and said.sure >= _CLEAR and len(offers := scope.of("offer")) == 1:
        yield _POINTED, Answer("quest", offers[0].id)
    elif said.name == "read":
        yield _UNNAMED, spoken_of_here(words, scope) or Answer("read", "sign")
    else:
        yield _UNNAMED, Answer(_AT_LARGE[said.name])


def _talks(words: Sequence[str], scope: Scope) -> Iterator[tuple[float, Meaning]]:
    """A word with whoever would speak of what is asked, after how likely it is put to them."""
    topic = best_topic(words, scope, _asked_of(words, scope)) if _may_be_told(words, scope) else None
    if topic:
        is_named = _share(list(meaningful(words)), topic) >= _TOLD
        if fit := _fit_of_talk(is_named, words):
            yield fit, Deed("talk", {"npc": topic.owner, "topic": topic.id})


def _was_spoken_of(entity: Entity, scope: Scope) -> bool:
    """Whether "it" can be this: it was spoken of, or is what the fight is about."""
    return entity.kind in ("foe", "person") or entity in scope.recent or entity in scope.spoken_of


def _may_be_told(words: Sequence[str], scope: Scope) -> bool:
    """Whether a question may be put to somebody: in a fight that costs a round, and is done only where they are
    named."""
    return not scope.fighting or mention(words, scope, "person").named


def _fit_of_talk(is_named: bool, words: Sequence[str]) -> float:
    """A question to nobody is rather answered than put to whoever could tell."""
    if _ADDRESSING & set(words):
        return 1.0 if is_named else _NAMED
    return _NAMED if is_named else 0.0


def _answer_about(subject: str, entity: Entity) -> Answer:
    return told_of(entity) if subject in ("way", "examine") else Answer(subject, entity.worth)


def _asked_of(words: Sequence[str], scope: Scope) -> Entity | None:
    """The person named in the words, when it is one, or whom a pronoun means who was just spoken of."""
    named = mention(words, scope, "person")
    if named.one and named.score >= _CALLED:
        return named.entities[0]
    meant = resolve([word for word in words if word in WHOM][:1], scope, "person").one
    return meant if meant in scope.recent else None


def bare(words: Sequence[str], scope: Scope) -> Answer | None:
    """One word that is a whole question: "inventory", "show my quests", "hp"."""
    left = [word for word in words if word not in SHOWN]
    if len(left) != 1:
        return None
    word = left[0]
    subject = BARE.get(word) or BARE.get(stem(word))
    if subject is None and len(word) > 4 and not is_known(word):
        subject = next((s for known, s in BARE.items() if len(known) > 4 and closeness(word, known) >= 0.8), None)
    return Answer(subject) if subject else None


def answers(clause: Clause, scope: Scope) -> tuple[Meaning, ...]:
    """The answers a question asks for; or words with the one who is asked; nothing when nobody could tell."""
    words = clause.words
    topic = _topic(words, scope) if _may_be_told(words, scope) else None
    asked = subjects_of(clause.said, scope, True, LEAST)
    vague = bool(asked) and isinstance(asked[0], Answer) and asked[0].subject in _VAGUE
    if topic and (not asked or (vague and guess(clause.said, scope, asked=True)[0].sure < _CLEAR)):
        return (Deed("talk", {"npc": topic.owner, "topic": topic.id}),)
    who = meaningful(words[2:]) if words[:1] in (("who",), ("whos",)) else ()
    is_who = bool(who) and resolve(who, scope, *LOOKED_AT).score < _SURELY
    is_who = is_who and mention(words, scope, "person", "foe").score < _CALLED
    stranger = _lore(words) if is_who else None
    if own := meaning_by_form(words, scope):
        return (own,)
    if stranger and not (asked and isinstance(asked[0], Deed)):
        return (stranger,)
    if asked:
        return _answered_rather(asked, clause, scope) or (*_answer_locked_ways(asked[0], words, scope), *asked)[:_MOST]
    found = mention(words, scope, *LOOKED_AT, "ability", "place", "quest", "offer")
    if found.entities and found.score >= 0.38:
        return (told_of(found.entities[0]),)
    partner = last_spoken_with(scope) if _may_be_told(words, scope) else None
    if partner and _YOU & set(words):
        return (Deed("talk", {"npc": partner.id, "topic": None}),)
    known = _lore(words)
    if known:
        return (known,)
    likeliest = guess(clause.said, scope, asked=True)[0]
    likely = likeliest.label == _TOPIC and likeliest.sure >= _CLEAR and _may_be_told(words, scope)
    told = best_topic(words, scope) if likely else None
    return (Deed("talk", {"npc": told.owner, "topic": told.id}),) if told else ()


def meaning_by_form(words: Sequence[str], scope: Scope) -> Answer | Deed | None:
    """The answer to a question of a form that has but one: who somebody here is who goes by no name, what a thing is
    for, why one is here, what the weather is like; words with somebody on what became of what they would speak of."""
    if words[:2] == ("what", "happened") or words[:1] == ("why",):
        told = [topic for topic in scope.of("topic") if f" {whole_name(topic.name)} " in f" {' '.join(words)} "]
        if len(told) == 1:
            return Deed("talk", {"npc": told[0].owner, "topic": told[0].id})
    if words[:2] == ("who", "is") and not _ANYBODY.isdisjoint(words[2:]) and "that" not in words[3:]:
        person = mention(words[2:], scope, "person")
        return told_of(person.entities[0]) if person.named and person.one and person.score >= _NAMED else None
    if words[:2] == ("who", "are") and words[2:] and all(stem(word) in _COMPANY for word in words[2:]):
        return Answer("enemies" if scope.fighting else "people")
    if words[:2] == ("what", "is") and words[-1] == "for":
        thing = mention(words[2:-1], scope, "item", "ware", "find")
        return Answer("does", thing.entities[0].worth) if thing.named and thing.one else None
    if scope.fighting and not _ODDS.isdisjoint(words) and not _ONES_OWN.isdisjoint(words):
        return Answer("enemies")
    if "trust" in words and words[:1] and words[0] in AUXILIARIES:
        person = mention(words, scope, "person")
        return told_of(person.entities[0]) if person.one else Answer("people")
    if words[-2:] == ("for", "you") and "i" in words and "do" in words:
        return Answer("quests")
    if "am" in words and "here" in words and not {"doing", "why"}.isdisjoint(words):
        return Answer("recap")
    is_weather = words[:1] in (("is",), ("why",), ("how",)) and not _WEATHER.isdisjoint(words) and "it" in words
    return Answer("look") if is_weather and not mention(words, scope, "way", "place").named else None


_ANYBODY = word_set(PERSON_WORDS) | word_set("one kid")
_ODDS, _ONES_OWN = word_set("chance chances odds"), word_set("i my we our")
_COMPANY = {stem(word) for word in _ANYBODY | DETERMINERS | PRONOUNS | CARDINALS.keys()} | word_set(
    "all other here folk"
)
"""Words of a question that asks who is here, whoever that is."""
_WEATHER = word_set("raining rain rainy wet snowing windy dark cold sunny foggy")


def _answer_locked_ways(first: Meaning, words: Sequence[str], scope: Scope) -> tuple[Answer, ...]:
    """The answers about a locked way, where it is asked how one opens it."""
    if not isinstance(first, Answer) or first.about or _OPENING.isdisjoint(words):
        return ()
    shut = [way for way in scope.of("way") if way.thing.locked]
    named = mention(words, scope, "way").entities
    spoken = next((each for each in (*scope.recent, *scope.spoken_of) if each.kind == "way"), None)
    meant = named[:1] or ((spoken,) if spoken and "it" in words else ())
    return tuple(told_of(way) for way in meant if way in shut)


_OPENING = word_set("open unlock opened unlocked")


def in_context(found: tuple[Meaning, ...], clause: Clause, scope: Scope) -> tuple[Meaning, ...]:
    """The meanings that a question asks for, also together with the clause that it is asked in: "if I force the door,
    which stat is tested?". A thing that only the context names is what is meant."""
    if not clause.about or (found and isinstance(found[0], Deed)):
        return found
    whole = (*clause.about, *clause.said)
    more = answers(replace(clause, said=whole, about=()), scope)
    if not found or (more and (_is_narrower(more[0], found[0]) or _is_pointed_at(more[0], clause))):
        return more
    told = (*found, *(other for other in more if isinstance(other, Answer) and other not in found))
    return told[:_MOST]


def _is_narrower(one: Meaning, other: Meaning) -> bool:
    """Whether it is an answer about one thing where the other is about all of them."""
    if not isinstance(one, Answer) or not isinstance(other, Answer):
        return False
    return bool(one.about) and _AT_LARGE.get(one.subject) == other.subject and not other.about


def _is_pointed_at(meaning: Meaning, clause: Clause) -> bool:
    """Whether it is an answer about a thing of the context, which the question only points at: "… what does it do?"."""
    return isinstance(meaning, Answer) and bool(meaning.about) and not POINTING.isdisjoint(clause.said)


def _answered_rather(asked: tuple[Meaning, ...], clause: Clause, scope: Scope) -> tuple[Meaning, ...]:
    """The scene's answer, and the question whether somebody is to be asked, where a topic is neither named nor asked of
    anybody: then it is a guess."""
    first = asked[0]
    if not isinstance(first, Deed) or _ADDRESSING & set(clause.said) or mention(clause.said, scope, "person").named:
        return ()
    topic = next((t for t in scope.of("topic") if t.id == first.arguments["topic"]), None)
    if topic is None or _share(list(meaningful(clause.said)), topic) >= _NAMED:
        return ()
    told = subjects_of(clause.said, scope, True, 0.0, ("answer",))
    return (*told[:1], Ask((first,))) if told else ()


_VAGUE = word_set("lore options look people exits recap rules time")


def _topic(words: Sequence[str], scope: Scope) -> Entity | None:
    """A topic somebody here has, asked nobody by name: enough of its words must be there."""
    content = list(meaningful(words))
    ranked = [(_share(content, topic), topic) for topic in scope.of("topic")]
    best = max(ranked, key=lambda r: r[0], default=(0.0, None))
    return best[1] if best[0] >= _TOLD else None


def _share(content: Sequence[str], topic: Entity) -> float:
    """The share of a topic's name, its id or another name that was said, and a little for each other word of it."""
    said = {stem(word) for word in content if word not in WH}
    names = [content_of(topic.name), content_of(topic.id.replace("-", " ")), *map(content_of, aliases_of(topic.thing))]
    told = [[word for word in name if word not in WH] for name in names]
    best = max(told, key=lambda name: _share_of(name, said), default=[])
    others = sum(word in said and word not in best for word in topic.words)
    return _share_of(best, said) + _BESIDES * others if best and said else 0.0


_BESIDES = 0.1


def is_asked(person: str, words: Sequence[str], scope: Scope) -> bool:
    """Whether somebody is named in the words."""
    found = mention(words, scope, "person")
    return found.named and any(each.id == person for each in found.entities)


def names_all_of(words: Sequence[str], topic: Entity) -> bool:
    """Whether the words are a topic and nothing besides: "the strike", "breakfast again"."""
    return all(stem(word) in topic.words for word in meaningful(words))


def _share_of(name: Sequence[str], said: set[str]) -> float:
    if not name:
        return 0.0
    share = sum(word in said for word in name) / len(name)
    return share if len(name) > 1 or len(said) <= 2 else share * 0.7


def _lore(words: Sequence[str]) -> Answer | None:
    """The answer about somebody or something that is not here: what everybody knows of it."""
    content = meaningful(
        [word for word in words if word not in WH | AUXILIARIES and word not in ("tell", "know", "happened")]
    )
    asks_what = len(words) > 1 and words[1] in ("is", "are", "was", "were", "me")
    if asks_what and words[0] in _LORE and 0 < len(content) <= 2 and not content[0].isdigit():
        return Answer("lore", "-".join(content))
    return None
