"""A name with next to no verb: "that cream mine now", "yarn!", "the wheel again, with brains"."""

from __future__ import annotations

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading import attempts
from services.dm.domain.reading.candidates import Candidate, one
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.english.questions import AUXILIARIES, WH
from services.dm.domain.reading.entities import Entity
from services.dm.domain.reading.likeness import means
from services.dm.domain.reading.meaning import Ask, Deed
from services.dm.domain.reading.objects import divide, find, meaningful
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.spelling import stem
from services.dm.domain.reading.verbs import Verb, begins_with_verb

_OURS = word_set("mine ours yoink snatched nabbed gotcha")
_LAST = word_set("now all again then")
_AMONG = ("item", "ware", "feature", "person", "foe", "spawn", "way", "ability", "topic")


def claim(clause: Clause, before: Clause | None, addressed: Entity | None, scope: Scope) -> Candidate | None:
    """ "coins in the mud mine": what is claimed is taken; "yarn!" as well, when nothing but its name is called out."""
    words = list(clause.words)
    while words and words[-1] in _LAST:
        words.pop()
    if clause.question or clause.marked or not words or words[0] in WH | AUXILIARIES:
        return None
    if words[-1] in _OURS and len(words) > 1:
        named = words[:-2] if words[-2] in ("is", "are") else words[:-1]
        return _take(named, scope)
    bare = len(meaningful(words)) <= 2 and not begins_with_verb(words)
    return _take(words, scope) if clause.called and bare and not scope.fighting else None


def assent(clause: Clause, before: Clause | None, addressed: Entity | None, scope: Scope) -> Candidate | None:
    """ "yes", where the only offer here was made by the opening, or by what was told last; later it is asked
    whether that is meant."""
    offers = scope.of("offer")
    if scope.fighting or len(offers) != 1 or tuple(word for word in clause.said if word != ",") not in _YES:
        return None
    last = scope.history[-1].narrative.casefold() if scope.history else ""
    asked = not scope.history or offers[0].name.casefold() in last
    taken = Deed("accept_quest", {"quest": offers[0].id})
    if asked:
        return one(1.0, taken, offers[0])
    return one(1.0, Ask((taken,), offers[0].name), offers[0]) if clause.said[:1] == ("yes",) else None


_YES = frozenset(
    tuple(words.split())
    for words in (
        "yes",
        "yes please",
        "yes i will",
        "yes i would",
        "i would",
        "i will",
        "ok",
        "okay",
        "sure",
        "alright",
    )
)


def _take(words: list[str], scope: Scope) -> Candidate | None:
    found = find(divide(words), scope, "find")
    other = find(divide(words), scope, *_AMONG)
    if not found.named or found.score < 0.7 or other.score > found.score:
        return None
    deeds = tuple(Deed("take", {"find": entity.id}) for entity in found.entities)
    return one(0.8, deeds[0] if len(deeds) == 1 else Ask(deeds[:6]), *found.entities)


def approach(feature: Entity, clause: Clause, scope: Scope) -> Candidate | None:
    """A feature and a way of going about it: "the wheel again but with brain this time"."""
    if "with" not in clause.words and "by" not in clause.words:
        return None
    at = max(i for i, word in enumerate(clause.words) if word in ("with", "by"))
    if not any(word in attempts.STATS_MEANT for word in clause.words[at + 1 :]):
        return None
    words = tuple(word for word in clause.words if word not in ("but", "by"))
    return attempts.attempt(Verb("try", "", ("try",), words), clause, scope)


def is_mostly(entity: Entity, clause: Clause, scope: Scope) -> bool:
    """Whether most of what a clause says is the name of this, or of whom it belongs to."""
    owner = next((person for person in scope.of("person") if person.id == entity.owner), entity)
    aimed = next((at for at, word in enumerate(clause.words) if word in ("at", "on")), len(clause.words))
    said = meaningful(clause.words[:aimed] if entity.kind == "item" else clause.words)
    own = [word for word in said if {stem(word), *means(word)} & (entity.words.keys() | owner.words.keys())]
    return len(said) < 3 or 2 * len(own) >= len(said)
