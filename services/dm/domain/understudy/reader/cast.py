"""Everything and everybody that an action could be about, here and now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from contracts.lore import Briefing
from contracts.state import Scene
from services.dm.domain.english.stems import NEVER_NAMES, stem, stems
from services.dm.domain.english.tokens import written_out
from services.dm.domain.english.word_lists import word_set

_ORDINALS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "other": "2"}
_ANY_FOE = frozenset(
    map(stem, word_set("enemy enemies foe foes opponent attacker monster beast thing creature target"))
)


@dataclass(frozen=True)
class Candidate:
    """Something with an id that words can point at."""

    id: str
    name: str
    called: frozenset[str]
    """Roots of the words it answers to."""


@dataclass(frozen=True)
class Cast:
    """Who and what is here, by what can be done with it."""

    enemies: tuple[Candidate, ...]
    people: tuple[Candidate, ...]
    ways: tuple[Candidate, ...]
    locked: tuple[Candidate, ...]
    features: tuple[Candidate, ...]
    finds: tuple[Candidate, ...]
    wares: tuple[Candidate, ...]
    carried: tuple[Candidate, ...]
    abilities: tuple[Candidate, ...]
    quests: tuple[Candidate, ...]
    fighting: bool

    @property
    def everything(self) -> tuple[Candidate, ...]:
        return (
            *self.enemies,
            *self.people,
            *self.features,
            *self.finds,
            *self.ways,
            *self.carried,
            *self.abilities,
            *self.wares,
            *self.quests,
        )


def gather_cast(scene: Scene, briefing: Briefing) -> Cast:
    """Read the cast off a scene and what can be seen in it. The standing enemies come weakest first."""
    state = scene.state
    encounter = state.encounter
    standing = sorted((e for e in encounter.enemies if e.hp > 0), key=lambda e: e.hp) if encounter else ()
    return Cast(
        enemies=_candidates((e.id, e.name, e.enemy) for e in standing)
        if encounter
        else _candidates((e.id, e.name, "") for e in briefing.enemies),
        people=_candidates((p.id, p.name, p.role) for p in briefing.npcs),
        ways=_candidates((w.to.id, w.to.name, w.name) for w in briefing.exits),
        locked=_candidates((w.id, w.name, w.to.name) for w in briefing.exits if w.locked),
        features=_candidates((f.id, f.name, "") for f in briefing.features),
        finds=_candidates((f.id, f.name, "") for f in briefing.finds),
        wares=_candidates((w.id, w.name, "") for w in briefing.wares if w.left > 0),
        carried=_candidates((i.id, i.name, i.kind) for i in state.character.inventory),
        abilities=_candidates((a.ability.id, a.ability.name, "") for a in state.character.abilities),
        quests=_candidates((q.id, q.name, "") for q in briefing.quests),
        fighting=encounter is not None,
    )


def _candidates(known: Iterable[tuple[str, str, str]]) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(id, name, frozenset(stems(f"{name} {id.replace('-', ' ')} {also}"))) for id, name, also in known
    )


def content_stems(said: Iterable[str]) -> tuple[str, ...]:
    """The roots of the words that could name something."""
    counted = (_ORDINALS.get(word, word) for word in said)
    return tuple(stem(word) for word in counted if word not in NEVER_NAMES and not _may_be_an_adverb(word))


def _may_be_an_adverb(word: str) -> bool:
    """ "quietly" names nothing; "jelly" does, where there is some."""
    return word.endswith("ly") and word not in NEVER_NAMES


def pick(said: Iterable[str], among: tuple[Candidate, ...]) -> Candidate | None:
    """The candidate these words point at: the one that answers to most of them; of equals the one whose whole name
    was said, or else the first."""
    heard = tuple(said)
    roots = (*_spelt(content_stems(heard), among), *(stem(word) for word in heard if _may_be_an_adverb(word)))
    scored = [((sum(root in c.called for root in roots), same_words(c.name, heard)), c) for c in among]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best and _names_it(roots, best[1], best[0][0]) else None


def _names_it(roots: tuple[str, ...], candidate: Candidate, hits: int) -> bool:
    """A bare number ("2") names nothing unless it comes with another word."""
    return hits > 0 and any(root in candidate.called and not root.isdigit() for root in roots)


def _spelt(roots: tuple[str, ...], among: tuple[Candidate, ...]) -> tuple[str, ...]:
    """The same roots with slips of the paw put right."""
    known = sorted(frozenset[str]().union(*(c.called for c in among)))
    return tuple(root if root in known or len(root) < 4 else _closest(root, known) for root in roots)


def _closest(root: str, known: list[str]) -> str:
    return next(iter(get_close_matches(root, known, n=1, cutoff=0.84)), root)


def pick_foe(said: tuple[str, ...], cast: Cast) -> Candidate | None:
    """The enemy meant: by name, by "it" or "the enemy", or the only one to mean when nobody is named."""
    named = pick(said, cast.enemies)
    if named or not cast.enemies:
        return named
    return cast.enemies[0] if not _names_something_else(said) else None


def _names_something_else(said: tuple[str, ...]) -> bool:
    return any(root not in _ANY_FOE for root in content_stems(said))


def mentions_any(said: tuple[str, ...], cast: Cast) -> Candidate | None:
    """Whoever or whatever of the whole cast these words point at."""
    return pick(said, cast.everything)


def same_words(text: str, said: tuple[str, ...]) -> bool:
    """Whether every word of a name was said."""
    return bool(written_out(text)) and set(written_out(text)) <= set(said)


def id_of(candidate: Candidate | None) -> str | None:
    """The id, if there is a candidate."""
    return candidate.id if candidate else None
