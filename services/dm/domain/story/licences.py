"""Licences: which words each kind of fact lets a story use, and who may do what with them."""

from __future__ import annotations

from dataclasses import dataclass

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.facts import REFUSAL, TurnFact

CAT, FOE, OTHER = "cat", "foe", "other"
"""Roles of those a clause is about: the player's character, somebody it fights, somebody else who is present."""


BLOWS = word_set("strike foe-hits foe-misses")
"""Facts of which one says what the other denies, in the same words."""
NEUTRAL = word_set("swing search try")
"""Sections that tell what was tried, whatever came of it: a denial beside them denies nothing of theirs."""
IN_VAIN = word_set("miss search-nothing tried-badly not-won refusal resists no-cover cut-off shakes-off")
"""Sections that tell that something did not come about: a denial says the same."""
OF_SOMEBODY = word_set("likes-more likes-less unmoved warms meet says on-topic talk would-talk has-work take-on")
"""Facts that are of one person and no other."""
OF_THINGS = word_set(
    "grow-ability quest-on quest-done take-on opened resists key-opens carry pay sell use give drop tried put-on"
    " take-off refusal"
)
"""Facts that are of one thing and no other."""
TRADE = word_set("pay sell carry give")
"""Facts that somebody who is here may have a paw in."""
OUT_OF_LUCK = word_set("unmoved likes-less resists search-nothing not-hidden cut-off foe-misses") | {REFUSAL}
"""Facts that tell that something did not work."""
OF_THE_PAST = word_set("says on-topic learn take-on quest-on meet search-nothing") | {""}
"""Facts that may speak of what was before this turn."""
DOERS = {
    "leaves": frozenset((FOE, "")),
    "gain": frozenset((CAT, "")),
    "pay": frozenset((CAT, "")),
    "sell": frozenset((CAT, "")),
    "give": frozenset((CAT, "")),
    "handed": frozenset((OTHER,)),
    "paid": frozenset((OTHER,)),
    "sold-to": frozenset((OTHER,)),
    "given": frozenset((OTHER,)),
    "guard": frozenset((CAT, "")),
    "put": frozenset((CAT, FOE, "")),
    "left-behind": frozenset((FOE, "")),
    "falls": frozenset((FOE, "")),
    "flee": frozenset((CAT, FOE, "")),
    "use": frozenset((CAT, "")),
    "arrive": frozenset((CAT, "")),
    "won-over": frozenset((CAT, OTHER, "")),
    "try": frozenset((CAT,)),
}
"""By section: roles that may be said to do what it tells, where not everybody may whom the fact is about."""


@dataclass(frozen=True)
class Licence:
    """Sections of words, who does it and to whom."""

    sections: tuple[str, ...]
    agents: frozenset[str]
    patients: frozenset[str] = frozenset()
    optional: bool = False
    """Whether a story may leave it out."""


def _by(agents: str, *sections: str, to: str = "", optional: bool = False) -> Licence:
    return Licence(sections, frozenset(agents.split()), frozenset(to.split()), optional)


_STRIKE = {
    "critical hit": _by("cat", "swing", "hit", to="foe"),
    "hit": _by("cat", "swing", "hit", to="foe"),
    "miss": _by("cat", "swing", "miss", to="foe"),
    "fumble": _by("cat", "swing", "miss", to="foe"),
}
_BY_KIND: dict[str, Licence] = {
    "hurt": _by("foe cat", "hurt", to="foe", optional=True),
    "foe-falls": _by("foe", "falls", to="foe"),
    "fight-begins": _by("cat foe", "fight-begins"),
    "surprised-foe": _by("cat", "surprise", to="foe", optional=True),
    "surprised-you": _by("foe", "surprise", to="cat", optional=True),
    "foe-misses": _by("foe", "swing", "miss", to="cat"),
    "foe-hits": _by("foe", "swing", "hit", "hurt", to="cat"),
    "foe-cannot": _by("foe", "helpless"),
    "foe-suffers": _by("foe", "suffers", "put"),
    "foe-shakes-off": _by("foe", "shakes-off", optional=True),
    "you-suffer": _by("cat", "suffers", "put"),
    "you-shake-off": _by("cat foe", "shakes-off", optional=True),
    "you-fall": _by("cat", "falls", "life-lost"),
    "won": _by("cat foe", "falls"),
    "experience": _by("cat", "experience", "gain", optional=True),
    "leaves-credits": _by("cat foe", "leaves", "gain", "money"),
    "leaves-too-heavy": _by("cat foe", "leaves", "refusal"),
    "take-credits": _by("cat", "gain", "money"),
    "guard": _by("cat", "guard"),
    "outrun": _by("cat", "flee", "left-behind"),
    "cut-off": _by("cat foe", "cut-off"),
    "hidden": _by("cat foe", "hide"),
    "not-hidden": _by("cat foe", "no-cover"),
    "arrive": _by("cat", "arrive"),
    "hazard-caught": _by("cat", "hazard", "suffers"),
    "hazard-avoided": _by("cat", "hazard", "shakes-off", optional=True),
    "searched": _by("cat", "search", optional=True),
    "search-found": _by("cat other", "search", "search-found"),
    "search-nothing": _by("cat other", "search", "search-nothing"),
    "tried": _by("cat", "try"),
    "mishap": _by("cat", "suffers", "hurt"),
    "mishap-escaped": _by("cat", "shakes-off", optional=True),
    "persuaded": _by("cat", "talk", "court", optional=True),
    "likes-more": _by("cat other", "won-over"),
    "warms": _by("cat other", "won-over"),
    "likes-less": _by("cat other", "not-won"),
    "unmoved": _by("cat other", "not-won"),
    "carry": _by("cat other", "gain", "handed"),
    "pay": _by("cat other", "pay", "paid", "money"),
    "sell": _by("cat other", "sell", "sold-to", "money"),
    "give": _by("cat other", "give", "given"),
    "drop": _by("cat", "drop"),
    "put-on": _by("cat", "put-on"),
    "take-off": _by("cat", "take-off"),
    "grow": _by("cat", "grow"),
    "grow-ability": _by("cat", "grow"),
    "mended": _by("cat", "mended"),
    "refreshed": _by("cat", "refreshed"),
    "cured": _by("cat", "cured"),
    "gains-condition": _by("cat", "gains-condition"),
    "slept-well": _by("cat", "slept"),
    "dozed": _by("cat", "slept"),
    "key-opens": _by("cat", "opened", "try"),
    "opened": _by("cat", "opened", "try"),
    "resists": _by("cat", "resists", "try"),
    "learn": _by("cat other", "learn", "search-found"),
    "nothing-hidden": _by("cat", "search", "search-nothing"),
    "meet": _by("cat other", "meet", "talk", optional=True),
    "take-on": _by("cat other", "quest", "talk"),
    "says": _by("cat other", "talk"),
    "talk": _by("cat other", "talk", optional=True),
    "would-talk": _by("cat other", "talk", "would-talk", optional=True),
    "has-work": _by("cat other", "has-work", "talk", optional=True),
    "quest-on": _by("cat other", "quest"),
    "quest-done": _by("cat other", "quest-done", "quest"),
    "on-topic": _by("cat other", "talk"),
    REFUSAL: _by("cat other foe", "refusal"),
    "life-lost": _by("cat other", "life-lost"),
    "level-gained": _by("cat", "level"),
}
_UNKNOWN = _by("cat other foe")


def licence_of(fact: TurnFact) -> Licence:
    """The licence that this fact gives a story."""
    if fact.kind == "strike":
        return _STRIKE[fact.happening.parts["verdict"]]
    if fact.kind == "tried":
        return _by("cat", "try", "tried-well" if _went_well(fact) else "tried-badly")
    if fact.kind == "use":
        ability = bool(fact.outcome and fact.outcome.call.name == "use_ability")
        return _by("cat", "use-ability" if ability else "use")
    return _BY_KIND.get(fact.kind, _UNKNOWN)


def _went_well(fact: TurnFact) -> bool:
    gave = fact.outcome and any(effect.kind == "feature-used" for effect in fact.outcome.effects)
    return bool(gave) or fact.happening.margin >= 0
