"""Questions: which of the things the scene can answer is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from services.dm.domain.reading.clauses import Clause
from services.dm.domain.reading.english.function_words import FILLERS
from services.dm.domain.reading.english.questions import AUXILIARIES, BARE, RULES, WH
from services.dm.domain.reading.english.word_set import word_set
from services.dm.domain.reading.entities import Entity, content_of
from services.dm.domain.reading.looking import seen
from services.dm.domain.reading.meaning import Answer, Deed, Meaning
from services.dm.domain.reading.naming import Reference, resolve
from services.dm.domain.reading.objects import meaningful
from services.dm.domain.reading.people import last_spoken_with
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.spelling import closeness, stem
from services.dm.domain.reading.verbs import is_known

_SLOTS: Mapping[str, tuple[str, ...]] = {
    "@item": ("item", "ware"),
    "@carried": ("item",), "@ware": ("ware",), "@find": ("find",), "@ability": ("ability",),
    "@person": ("person",), "@place": ("way", "place"), "@way": ("way",),
    "@foe": ("foe", "spawn"), "@feature": ("feature",),
    "@quest": ("quest", "offer"), "@condition": ("condition",),
}  # fmt: skip
_ANYTHING = ("item", "ware", "find", "ability", "person", "way", "place", "foe", "spawn", "feature", "quest", "offer")
_SURE = {
    "@quest": 0.65,
    "@feature": 0.55,
    "@ability": 0.5,
    "@person": 0.55,
    "@place": 0.55,
    "@way": 0.55,
    "@condition": 0.6,
}
_LEAST = 0.55
_SHOWN = word_set(
    """my the show me check list open view see display look at what is are again of a your all current please pls log
    now tell read s"""
)
_YOU = word_set("you your")
_LORE = word_set("who what tell whos whats")


@dataclass(frozen=True)
class Rule:
    subject: str
    groups: tuple[tuple[str, ...], ...]
    without: tuple[str, ...]


@cache
def _rules() -> tuple[Rule, ...]:
    found: list[Rule] = []
    for line in RULES.strip().splitlines():
        subject, _, body = line.partition("|")
        groups = [tuple(word.strip() for word in group.split(",")) for group in body.split("&")]
        without = tuple(word[1:] for group in groups for word in group if word.startswith("!"))
        kept = tuple(tuple(w for w in group if not w.startswith("!")) for group in groups)
        found.append(Rule(subject.strip(), tuple(group for group in kept if group), without))
    return tuple(found)


class Question:
    """The words of a question, and what they name; each kind is looked for once."""

    def __init__(self, words: Sequence[str], scope: Scope, marked: bool) -> None:
        self.words = [word for word in words if word not in (",", "'s")]
        self.text = " " + " ".join(self.words) + " "
        self.stems = {stem(word) for word in self.words} | set(self.words)
        self.scope = scope
        self.marked = marked
        self._named: dict[str, Entity | None] = {}

    def has(self, word: str) -> bool:
        if word.startswith("@"):
            return self.named(word) is not None
        if word.startswith("?"):
            return self._form(word)
        if word == "=":
            return len(self.words) == 1
        return f" {word} " in self.text if " " in word else word in self.stems

    def _form(self, form: str) -> bool:
        first = self.words[0] if self.words else ""
        if form == "?wh":
            return first in WH
        return (first in AUXILIARIES) if form == "?aux" else self.marked or first in WH | AUXILIARIES

    def named(self, slot: str) -> Entity | None:
        if slot not in self._named:
            self._named[slot] = self._find(slot)
        return self._named[slot]

    def _find(self, slot: str) -> Entity | None:
        best = mention(self.words, self.scope, *_SLOTS[slot])
        sure = best.entities and best.score >= max(_SURE.get(slot, _LEAST), self.clearest - 0.12)
        return best.entities[0] if sure else None

    @cached_property
    def clearest(self) -> float:
        """How well the best-named of all is named."""
        return mention(self.words, self.scope, *_ANYTHING).score


def mention(words: Sequence[str], scope: Scope, *kinds: str) -> Reference:
    """What of these kinds is named anywhere in the words, by the longest fitting run of them."""
    content = [w for w in words if w not in _SHOWN and w not in FILLERS and w not in AUXILIARIES and w not in WH]
    pool = scope.of(*kinds)
    useful = [w for w in content if meaningful([w])]
    key = (tuple(useful), kinds)
    if key not in scope.mentions:
        scope.mentions[key] = _named_in(useful, pool, scope)
    best = scope.mentions[key]
    return best if best.entities else _pointed_at(words, pool, kinds, scope)


_POINTING = word_set("it him her them he she")


def _named_in(useful: Sequence[str], pool: Sequence[Entity], scope: Scope) -> Reference:
    vocabulary = {word for entity in pool for word in entity.words}
    best = Reference()
    for size in (3, 2, 1):
        for at in range(len(useful) - size + 1):
            part = useful[at : at + size]
            if size > 1 and not any(stem(word) in vocabulary for word in part):
                continue
            found = resolve(part, scope, among=pool)
            if found.entities and found.named and found.score + 0.03 * (size - 1) > best.score:
                best = Reference(found.entities, found.score + 0.03 * (size - 1), found.phrase, found.all, True)
    return best


def _pointed_at(words: Sequence[str], pool: Sequence[Entity], kinds: Sequence[str], scope: Scope) -> Reference:
    """What a pronoun of a question means: in a fight the enemies, else what was spoken of last."""
    if _POINTING & set(words) and not set(kinds) <= {"ability", "way", "place", "quest", "offer", "condition"}:
        pronoun = next(word for word in words if word in _POINTING)
        foes = scope.of("foe")
        if foes and pronoun in ("it", "them", "they"):
            return Reference(foes, 0.7, pronoun) if set(foes) <= set(pool) else Reference()
        found = resolve([pronoun], scope, among=pool)
        if found.one and found.entities[0] in (*scope.recent, *scope.spoken_of[:3]):
            return Reference(found.entities, 0.7, pronoun)
    return Reference()


def classify(words: Sequence[str], scope: Scope, marked: bool = True) -> Answer | None:
    """The subject of a question, by the first rule that fits."""
    question = Question(words, scope, marked)
    for rule in _rules():
        if all(any(question.has(word) for word in group) for group in rule.groups) and not any(
            question.has(w) for w in rule.without
        ):
            return _about(rule, question)
    return None


def _about(rule: Rule, question: Question) -> Answer:
    slots = [word for group in rule.groups for word in group if word.startswith("@") and question.named(word)]
    if rule.subject == "read":
        entity = question.named("@feature")
        return Answer("read", entity.id if entity else "sign")
    if rule.subject == "quest" and not slots:
        running = [quest for quest in question.scope.of("quest") if quest.thing.status == "active"]
        return Answer("quest", running[-1].id) if running else Answer("quests")
    if not slots or rule.subject in ("enemies", "conditions"):
        return Answer(rule.subject)
    entity = question.named(slots[0])
    assert entity is not None
    if rule.subject == "way":
        return Answer("way", entity.thing.to.id if entity.kind == "way" else entity.id)
    return Answer(rule.subject, entity.worth)


def bare(words: Sequence[str], scope: Scope) -> Answer | None:
    """One word that is a whole question: "inventory", "show my quests", "hp"."""
    left = [word for word in words if word not in _SHOWN]
    if len(left) != 1:
        return None
    word = left[0]
    subject = BARE.get(word) or BARE.get(stem(word))
    if subject is None and len(word) > 4 and not is_known(word):
        subject = next((s for known, s in BARE.items() if len(known) > 4 and closeness(word, known) >= 0.8), None)
    return Answer(subject) if subject else None


def answer(clause: Clause, scope: Scope) -> Meaning | None:
    """The answer a question asks for; or words with the one who is asked; nothing when nobody could tell."""
    words = clause.words
    known = classify(words, scope, clause.marked or clause.question)
    topic = _topic(words, scope) if known is None or known.subject in _VAGUE else None
    if topic:
        return Deed("talk", {"npc": topic.owner, "topic": topic.id})
    if known:
        return known
    found = mention(
        words,
        scope,
        "person",
        "foe",
        "spawn",
        "feature",
        "find",
        "item",
        "ware",
        "ability",
        "way",
        "place",
        "quest",
        "offer",
    )
    if found.entities and found.score >= 0.38:
        return _look_at(found.entities[0])
    partner = last_spoken_with(scope)
    if partner and _YOU & set(words):
        return Deed("talk", {"npc": partner.id, "topic": None})
    return _lore(words)


_VAGUE = word_set("options look people exits recap rules time")


def _topic(words: Sequence[str], scope: Scope) -> Entity | None:
    """A topic somebody here has, asked nobody by name: enough of its words must be there."""
    content = list(meaningful(words))
    ranked = [(_share(content, topic), topic) for topic in scope.of("topic")]
    best = max(ranked, key=lambda r: r[0], default=(0.0, None))
    return best[1] if best[0] >= 0.75 else None


def _share(content: Sequence[str], topic: Entity) -> float:
    """How much of a topic's name, or of its id, was said."""
    said = {stem(word) for word in content}
    names = (content_of(topic.name), content_of(topic.id.replace("-", " ")))
    return max(_share_of(name, said) for name in names) if said else 0.0


def _share_of(name: Sequence[str], said: set[str]) -> float:
    if not name:
        return 0.0
    share = sum(word in said for word in name) / len(name)
    return share if len(name) > 1 or len(said) <= 2 else share * 0.7


def _look_at(entity: Entity) -> Answer:
    if entity.kind == "ability":
        return Answer("ability", entity.id)
    if entity.kind in ("quest", "offer"):
        return Answer("quest", entity.id)
    if entity.kind in ("way", "place"):
        return Answer("way", entity.thing.to.id if entity.kind == "way" else entity.id)
    return seen(entity)


def _lore(words: Sequence[str]) -> Answer | None:
    """Who or what something is that is not here: what everybody knows of it."""
    content = meaningful(
        [word for word in words if word not in WH | AUXILIARIES and word not in ("tell", "know", "happened")]
    )
    asks_what = len(words) > 1 and words[1] in ("is", "are", "was", "were", "me")
    if asks_what and words[0] in _LORE and 0 < len(content) <= 2 and not content[0].isdigit():
        return Answer("lore", "-".join(content))
    return None
