"""Questions to the master: about what is here they are a look, about anything more an effort of memory."""

from __future__ import annotations

from contracts.lore import Briefing
from contracts.state import Scene
from services.dm.domain.english.stems import stem
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.readings import Aside
from services.dm.domain.understudy.reader.cast import Cast, content_stems, mentions_any
from services.dm.domain.understudy.reader.clauses import Clause

_MEMORY = frozenset(
    map(stem, word_set("know known remember recall forget forgotten learn learnt heard met meet happened"))
)


def read_question(clause: Clause, cast: Cast) -> Aside:
    """What a question wants: a look at what it names, or what is known of it."""
    about = mentions_any(clause.said, cast)
    named = _named(clause.said)
    here = about is not None and about.called.issuperset(named.split())
    if named and (not here or _MEMORY.intersection(map(stem, clause.said))):
        return Aside("recall", about=about.id if about else None, words=named)
    return Aside("look", about=about.id if about else None)


def read_memory(clause: Clause, cast: Cast, scene: Scene, briefing: Briefing) -> Aside:
    """ "I think back to the Tin Market": what is known of whatever is named, or a pause for thought."""
    about = mentions_any(clause.after, cast)
    named = _named(clause.after)
    return Aside("recall", about=about.id if about else None, words=named) if named else Aside("wait")


def _named(said: tuple[str, ...]) -> str:
    return " ".join(root for root in content_stems(said) if root not in _MEMORY)
