"""Words with somebody: talk, persuasion, quests taken on."""

from __future__ import annotations

from collections.abc import Sequence

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.candidates import Candidate, lawful, missing, one, several
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.elsewhere import find_away, not_here
from services.dm.domain.reading.english.approaches import PRAISE
from services.dm.domain.reading.english.questions import AUXILIARIES
from services.dm.domain.reading.english.secondary import is_secondary
from services.dm.domain.reading.entities import NAME, Entity, content_of
from services.dm.domain.reading.law import act
from services.dm.domain.reading.lexing import tokens
from services.dm.domain.reading.likeness import ENOUGH, likeness, whole_name
from services.dm.domain.reading.meaning import Ask, Deed, Impossible
from services.dm.domain.reading.naming import Reference, resolve
from services.dm.domain.reading.noun_phrases import take_apart
from services.dm.domain.reading.objects import Objects, divide, find, meaningful
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.spelling import nearest, stem
from services.dm.domain.reading.verbs import Verb, hear, is_known
from services.dm.domain.reading.weights import NOTHING_LIKE_IT, weigh

_ABOUT = ("about", "regarding", "concerning", "for", "on")
_TOPIC = 0.5
_ASKING = word_set("ask talk speak question tell see")


def talk(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    if verb.phrase == ("chat",) and verb.rest[:1] and verb.rest[0] in AUXILIARIES | {"we", "i"}:
        return None  # "chat is laughing at us" is told to those who watch
    words = tuple(word for word in (*verb.rest, *clause.spoken))
    who = listener(words, scope)
    goes = verb.phrase[0] == "go" and verb.phrase[1:] != ("to",)
    absent = find_away(_words_before_speech(words), scope)
    if absent and who.score < 0.9 and not is_secondary("talk", verb.phrase):
        return not_here(absent, weigh(verb, 0.6 if goes else 0.75))
    about = _about(words, who)
    main = not is_secondary("talk", verb.phrase)
    if len(who.entities) > 1 and who.all:
        topics = ((e.id, best_topic(about, scope, e) if about else None) for e in who.entities)
        deeds = [Deed("talk", {"npc": npc, "topic": topic.id if topic else None}) for npc, topic in topics]
        return Candidate(weigh(verb, who.score), tuple(deeds), who.entities, apart=True)
    if who.one:
        topic = best_topic(about or words, scope, who.one)
        if topic is None and "again" in clause.said and scope.history:
            topic = best_topic(tokens(scope.history[-1].action), scope, who.one)
        deed = Deed("talk", {"npc": who.one.id, "topic": topic.id if topic else None})
        about_it = (who.one, topic) if topic else (who.one,)
        return one(weigh(verb, who.score) + (0.06 if topic else 0.0), deed, *about_it, first=int(goes))
    if who.entities:
        asked = tuple(Deed("talk", {"npc": e.id, "topic": None}) for e in who.entities[:6])
        return one(weigh(verb, who.score), Ask(asked, who.phrase))
    return _to_whom(verb, words, scope) if main else None


def _words_before_speech(words: Sequence[str]) -> Sequence[str]:
    """The words up to what is said: somebody spoken of is not spoken to."""
    ends = (at for at, word in enumerate(words) if at and word in (*_ABOUT, "if", "what", "that"))
    return words[: next(ends, len(words))]


def _to_whom(verb: Verb, words: Sequence[str], scope: Scope) -> Candidate | None:
    """Nobody was named: somebody who knows of it, the only one here, the one last spoken with."""
    people = scope.of("person")
    partner = next((entity for entity in scope.recent if entity.kind == "person"), None)
    topic = best_topic(words, scope, partner)
    if partner and verb.phrase[0] == "ask" and not topic and not meaningful(words[:1]):
        return one(weigh(verb, 0.6), Deed("talk", {"npc": partner.id, "topic": None}), partner)
    if topic and verb.phrase[0] in _ASKING:
        return one(weigh(verb, 0.72), Deed("talk", {"npc": topic.owner, "topic": topic.id}), topic)
    pronoun = words[:1] in (("them",), ("it",))
    foe = resolve(words[:1], scope, "foe", "spawn") if pronoun else find(divide(words), scope, "foe", "spawn")
    if foe.entities and (foe.named or not people or scope.fighting):
        return one(weigh(verb, 0.6), Impossible("cannot", foe.entities[0].name, tuple(p.id for p in people)))
    objects = divide(words)
    named = tuple(word for word in objects.direct if word not in ("if", "what", "who", "where", "how"))
    stranger = meaningful(named) or meaningful(objects.after("to", "with"))
    if (stranger and verb.phrase[-1] in ("to", "with")) or (stranger and not people):
        return missing(weigh(verb, NOTHING_LIKE_IT), "not-here", " ".join(stranger), people)
    last = last_spoken_with(scope)
    if last and (verb.phrase[0] in ("ask", "talk", "speak", "chat")):
        return one(weigh(verb, 0.55), Deed("talk", {"npc": last.id, "topic": None}), last)
    if len(people) > 1 and not stranger:
        return one(weigh(verb, 0.55), Ask(tuple(Deed("talk", {"npc": p.id, "topic": None}) for p in people)))
    return missing(weigh(verb, NOTHING_LIKE_IT), "not-here", " ".join(stranger), people) if not people else None


def listener(words: Sequence[str], scope: Scope) -> Reference:
    """The person spoken to: the longest name at the beginning, else anybody named before what it is about."""
    if {"everyone", "everybody"} & set(words[:3]):
        return Reference(scope.of("person"), 0.9, "everyone", True)
    best = Reference()
    for start in range(min(2, len(words))):
        for size in range(min(5, len(words) - start), 0, -1):
            part = words[start : start + size]
            names = meaningful(part) or take_apart(part).pronoun
            if not names or part[-1] in (*_ABOUT, "to", "what", "if"):
                continue
            found = resolve(part, scope, "person")
            if found.entities and found.score > best.score + 0.02 and (found.named or size == 1):
                best = found
    if not best.entities:
        objects = divide(words)
        for group in (objects.after("to", "with", "at", "from"), objects.direct):
            found = resolve(group, scope, "person")
            if found.entities and found.named:
                return found
    return best


def _about(words: Sequence[str], who: Reference) -> tuple[str, ...]:
    for preposition in _ABOUT:
        if preposition in words:
            return tuple(words[words.index(preposition) + 1 :])
    return ()


def best_topic(
    words: Sequence[str], scope: Scope, person: Entity | None = None, least: float = _TOPIC
) -> Entity | None:
    """The one of somebody's topics that these words are nearest to."""
    said = " " + " ".join(words) + " "
    called = [
        t for t in scope.of("topic") if (person is None or t.owner == person.id) and f" {whole_name(t.name)} " in said
    ]
    if called:
        return max(called, key=lambda topic: len(topic.name))
    content = [w for w in meaningful(words) if w not in _EMPTY and not _calls(w, person)]
    if not content and person is not None:
        return None
    content = content or list(meaningful(words))
    topics = [topic for topic in scope.of("topic") if person is None or topic.owner == person.id]
    ranked = [(_nearness(content, topic), topic) for topic in topics]
    best = max(ranked, key=lambda r: r[0], default=(0.0, None))
    return best[1] if best[0] >= least else None


def _calls(word: str, person: Entity | None) -> bool:
    """Whether it is a word of somebody's name, or of what they are."""
    return person is not None and (person.words.get(stem(word), 0.0) >= NAME or stem(word) in content_of(person.name))


_EMPTY = word_set("things something anything nothing everything")


def _nearness(content: Sequence[str], topic: Entity) -> float:
    """The best of a topic's words that was said: one is enough."""
    said = {stem(word) for word in content}
    known = [word for word, weight in topic.words.items() if weight >= ENOUGH]
    direct = [word for word in known if word in said]
    if direct:
        return 0.7 + 0.3 * len(direct) / len(known)
    singles = [likeness([word], topic) for word in content]
    misspelt = [nearest(stem(word), known)[1] for word in content if len(word) > 3 and not is_known(word)]
    return max([0.0, *singles, *(score * 0.8 for score in misspelt)])


def last_spoken_with(scope: Scope) -> Entity | None:
    """The person of the conversation: the only one here, or the one the last turns were about."""
    people = scope.of("person")
    if len(people) == 1:
        return people[0]
    return next((entity for entity in (*scope.recent, *scope.spoken_of) if entity.kind == "person"), None)


def persuade(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    people = scope.of("person")
    objects = divide(verb.rest)
    approach = verb.detail or _named_approach(clause.words)
    if verb.phrase in (("tell",), ("say",)) and not PRAISE & set(clause.words):
        return None
    if scope.fighting and _THEM & set(objects.whole) and not find(objects, scope, "person").score >= 0.8:
        foes = scope.of("foe")
        return one(weigh(verb, 0.6), Impossible("cannot", foes[0].name if foes else "", tuple(p.id for p in people)))
    who = listener(verb.rest, scope) if verb.phrase == ("tell",) else _won_over(objects, verb, scope)
    if who.entities and not approach:
        deed = Deed("persuade", {"npc": who.entities[0].id, "approach": "charm"})
        return one(weigh(verb, who.score) + 0.03, Ask((deed,), who.phrase), who.entities[0])
    if who.entities:
        deeds = [act(verb, "persuade", npc=entity.id, approach=approach) for entity in who.entities]
        praised = 0.06 if verb.phrase in (("tell",), ("say",)) else 0.0
        return several(weigh(verb, who.score) + 0.03 + praised, deeds, scope, who.entities, False, who.phrase)
    foe = find(objects, scope, "foe", "spawn")
    if foe.entities and (foe.named or scope.fighting):
        return one(weigh(verb, 0.5), Impossible("cannot", foe.entities[0].name, tuple(p.id for p in people)))
    if is_secondary("persuade", verb.phrase) or find(objects, scope, "way", "feature").named:
        return None
    last = last_spoken_with(scope)
    if last and (verb.length >= _WHOLE or not meaningful(objects.direct)):
        deed = act(verb, "persuade", npc=last.id, approach=verb.detail or "charm")
        alone = len(people) == 1 and verb.sure == 1.0
        return lawful(weigh(verb, 0.58), deed, scope, last) if alone else one(weigh(verb, 0.58), Ask((deed,)), last)
    if people:
        return None
    return missing(weigh(verb, NOTHING_LIKE_IT), "not-here", " ".join(meaningful(objects.first)), people)


def _named_approach(words: Sequence[str]) -> str:
    """ "pay her a compliment": a way to win somebody over, after another verb. "My compliments" are only sent."""
    later = (verb for at in range(1, len(words)) if words[at - 1] != "my" for verb in hear(words[at:]))
    return next((verb.detail for verb in later if verb.sense == "persuade"), "")


_WHOLE = 3
"""The length of a phrase that says all of a persuasion but who: "lower the price of the ink"."""
_THEM = word_set("them it one they em these those")
_EVERYBODY = word_set("everyone everybody all both")


def _won_over(objects: Objects, verb: Verb, scope: Scope) -> Reference:
    if scope.fighting and take_apart(objects.whole).pronoun in ("them", "it", "they") and not meaningful(objects.whole):
        return Reference()
    if not _EVERYBODY.isdisjoint(objects.whole) and not meaningful(objects.direct[:1]):
        return Reference(scope.of("person"), 0.7, "everybody", named=True)
    found = find(objects, scope, "person")
    if found.named and found.score < 0.5:
        found = Reference()
    first = listener(objects.whole, scope)
    if first.named and first.score > found.score:
        found = first
    if found.entities and (found.named or found.one):
        return found
    owner = objects.direct[:1]
    return resolve(owner, scope, "person") if owner and owner[0] in ("his", "her", "him") else Reference()


_WORK = word_set("quest job mission task work offer deal contract")
_AGREEING = word_set("deal agree promise swear do i")


def accept(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    objects = divide(verb.rest)
    main = not is_secondary("accept", verb.phrase)
    offers = scope.of("offer")
    found = find(objects, scope, "offer")
    if found.entities and (found.named or found.one) and (main or found.score >= 0.7):
        deeds = [Deed("accept_quest", {"quest": entity.id}) for entity in found.entities]
        return several(weigh(verb, found.score), deeds, scope, found.entities, found.all, found.phrase)
    names = objects.names_something and not find(objects, scope, "person").named
    agreed = main or clause.led or (not verb.rest and verb.phrase[0] in _AGREEING)
    if offers and not names and agreed:
        whole = 0.3 if verb.length >= _WHOLE else 0.0
        deeds = [Deed("accept_quest", {"quest": e.id}) for e in offers]
        return several(weigh(verb, 0.7) + whole, deeds, scope, offers, False, "quest")
    taken = find(objects, scope, "quest")
    if taken.one and taken.score >= 0.6:
        return one(weigh(verb, taken.score) - 0.1, Impossible("already", taken.one.name), taken.one)
    running = [quest for quest in scope.of("quest") if quest.thing.status == "active"]
    if main and running and not offers and set(meaningful(objects.whole)) <= _WORK:
        return one(weigh(verb, 0.6), Impossible("already", running[-1].name), running[-1])
    sought = " ".join(meaningful(objects.first)) or "quest"
    return missing(weigh(verb, NOTHING_LIKE_IT), "not-here", sought) if main else None
