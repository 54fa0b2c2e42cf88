"""Figures of a clause: each is one of the facts it tells, or of what the scene shows of just that kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from services.dm.domain.english.numerals import is_numeral, read_numeral
from services.dm.domain.facts import TurnFact
from services.dm.domain.story.clauses import Clause
from services.dm.domain.story.context import StoryContext
from services.dm.domain.story.licences import CAT
from services.dm.domain.story.sheet_figures import figures_on_sheet
from services.dm.domain.story.tokens import Token
from services.dm.domain.story.vocabulary import may_be_verb, plain_words, root

_UNITS = {
    **dict.fromkeys(("credit", "credits", "coin", "coins", "cred", "creds"), "credits"),
    **dict.fromkeys(("hp", "hit", "health"), "health"),
    **dict.fromkeys(("point", "points"), "points"),
    **dict.fromkeys(("life", "lives"), "lives"),
    **dict.fromkeys(("xp", "experience"), "experience"),
    **{"damage": "damage", "energy": "energy", "level": "level"},
}
_LARGE = frozenset(("hundred", "thousand"))
_COUNTED = frozenset(("credit", "credits", "coin", "coins", "life", "lives", "point", "points"))
_VAGUE = {
    **{"a": 1, "an": 1, "another": 1, "both": 2, "every": 9, "all": 9, "no": 0},
    **dict.fromkeys(("some", "few", "several", "many", "more", "extra", "fewer", "less"), -1),
}
"""Counts without a figure; -1 is one that nothing bears out."""
_AGAINST = frozenset(("against", "armour", "throw", "total", "needed", "wanted", "short", "over"))
_THROWN = frozenset(("a", "an", "armour", "against"))
_WAYS = frozenset(("way", "ways", "exits"))
_REACH = 3
"""Words between a figure and what it counts."""
ALL_LIVES = 9


@dataclass(frozen=True)
class Figure:
    """A figure in a clause, and what it counts, as far as that is said."""

    value: int
    unit: str
    following: str
    words: str
    whole: bool = False
    """Whether something is so many of it: "eight of the nine"."""
    stands_alone: bool = False
    """Whether it counts nothing that was counted before: "a 17 against armour 13"."""


def unit_of(word: str) -> str:
    """The unit that a word counts; empty for one that counts nothing."""
    return _UNITS.get(word, "")


def is_unit(word: str) -> bool:
    return word in _UNITS or word in ("armour", "left")


def read_figures(clause: Clause) -> Iterator[Figure]:
    """The figures of a clause. "One" counts only before something that is counted; so do "a", "some" and "every"."""
    tokens = [token for token in clause.tokens if not token.compared]
    yield from (
        Figure(_VAGUE[token.word], _UNITS[after.word], after.word, token.word)
        for token, after in pairwise(tokens)
        if token.word in _VAGUE and after.word in _COUNTED
    )
    at = 0
    while at < len(tokens):
        size = _length(tokens, at)
        if size:
            figure = _figure(tokens, at, size)
            if figure.value != 1 or figure.unit or tokens[at].word.isdigit():
                yield figure
        at += size or 1


def _length(tokens: list[Token], at: int) -> int:
    """The number of tokens of one numeral: "a hundred and five" goes on behind its "and"."""
    size = 0
    while at + size < len(tokens) and is_numeral(tokens[at + size].word):
        size += 1
        said = [token.word for token in tokens[at + size - 1 : at + size + 2]]
        if len(said) == 3 and said[0] in _LARGE and said[1] == "and" and is_numeral(said[2]):
            size += 1
    return size


def _figure(tokens: list[Token], at: int, size: int) -> Figure:
    told = " ".join(token.word for token in tokens[at : at + size])
    value = int(told[:12]) if told.isdigit() else read_numeral(told) if not any(c.isdigit() for c in told) else -1
    following = [token.word for token in tokens[at + size : at + size + _REACH]]
    unit = next((_UNITS[word] for word in following if word in _UNITS), "")
    before = tokens[at - 1].word if at else ""
    if following[:1] == ["of"] and not unit:
        unit = next((_UNITS[token.word] for token in tokens[at + size : at + size + 5] if token.word in _UNITS), "")
    alone = following[:1] in (["of"], ["against"]) or before in _THROWN
    whole = "of" in [token.word for token in tokens[max(0, at - 2) : at]]
    return Figure(value, unit or _UNITS.get(before, ""), following[0] if following else "", told, whole, alone)


def is_borne_out(
    figure: Figure,
    clause: Clause,
    borne: Iterable[TurnFact],
    told: Iterable[TurnFact],
    known: StoryContext,
    said: frozenset[int],
) -> bool:
    """Whether a fact that the clause tells, or one of the same deed, has this figure, or the scene shows it. `borne`:
    the facts that the clause tells; `told`: all of their deeds; `said`: what its sentence says of no unit."""
    of_scene = not tuple(borne) and _is_of_the_scene(figure, clause, known)
    if figure.unit == "" and (_is_written(figure, known) or of_scene):
        return True
    if figure.whole and figure.value == ALL_LIVES and figure.unit in ("", "lives"):
        return True
    sources = _sources(figure, tuple(borne), tuple(told))
    if any(figure.value in _amounts(fact, figure.unit) and falls_on(fact, clause, known) for fact in sources):
        return True
    if not figure.unit and not _counts_things(figure) and any(str(figure.value) in _throw(fact) for fact in borne):
        return True
    anyones = known.facts if not tuple(borne) else ()
    if figure.unit == "experience":
        anyones = tuple(fact for fact in known.facts if fact.kind == "experience")
    if figure.unit in ("experience", "credits") and any(figure.value in _amounts(f, figure.unit) for f in anyones):
        return True
    if figure.unit == "lives" and figure.value == 1 and any(fact.kind == "life-lost" for fact in known.facts):
        return True
    if not figure.unit and (_is_thrown(figure.value, clause, known, said) or _is_spoken_of(figure, clause, known)):
        return True
    if figure.unit in _OF_HURTS and _is_of_one_hurt(figure, clause, known):
        return True
    return figure.value in figures_on_sheet(figure.unit, clause, known)


def _counts_things(figure: Figure) -> bool:
    """Whether it counts something that no throw is of: "twenty lengths"."""
    word = figure.following
    return word.endswith("s") and root(word) not in plain_words() and not may_be_verb(word)


def _sources(figure: Figure, borne: tuple[TurnFact, ...], told: tuple[TurnFact, ...]) -> tuple[TurnFact, ...]:
    """The facts that may have it. Credits are of a fact that the clause tells, or found with what it finds."""
    if figure.unit == "credits" and borne:
        finds = any(fact.kind in _FINDS for fact in borne)
        return (*borne, *(fact for fact in told if finds and fact.kind in _FINDS))
    if figure.unit == "experience":
        return tuple(fact for fact in told if fact.kind == "experience")
    return told


_FINDS = frozenset(("carry", "take-credits", "leaves-credits", "search-found"))


def _is_written(figure: Figure, known: StoryContext) -> bool:
    """Whether the scene has the figure beside what it counts: all of it, "four hundred cats"."""
    words = (*figure.words.split(), figure.following)
    return all(pair in known.phrases for pair in pairwise(words))


def falls_on(fact: TurnFact, clause: Clause, known: StoryContext) -> bool:
    """Whether a hurt of the clause is on the side that the fact has it on; where only one side was hurt, it is."""
    kinds = {each.kind for each in known.facts} & _HURTS.keys()
    if fact.kind not in _HURTS or len(kinds) < len(_HURTS):
        return True
    side = _side(clause)
    return side == _HURTS[fact.kind] or (not side and clause.role == "foe")


def may_fall_on(fact: TurnFact, clause: Clause) -> bool:
    """Whether the clause does not say that somebody else has this hurt."""
    return _side(clause) in ("", _HURTS[fact.kind])


def _side(clause: Clause) -> str:
    """The side that is hurt by what a clause tells, "cat" or "foe"; empty when it may be either."""
    foes = any(one.role == "foe" for one in clause.named)
    words = [token.word for token in clause.tokens]
    takes = any(root(word) in _TAKES for word in words) or (words[-1:] == ["down"] and "are" in words)
    if clause.role == "foe" and not takes and not clause.mentions_cat:
        return ""
    if clause.role in _OTHER_SIDE:
        return clause.role if takes else _OTHER_SIDE[clause.role]
    if clause.mentions_cat:
        return CAT
    return "foe" if foes else ""


def _is_of_one_hurt(figure: Figure, clause: Clause, known: StoryContext) -> bool:
    """Whether the figure is that of a hurt of one side and of no hurt of the other."""
    hurts = tuple(fact for fact in known.facts if fact.kind in _HURTS and has_figure(fact, figure))
    sides = {_HURTS[fact.kind] for fact in hurts}
    foes = {one.name.casefold() for one in (*clause.subject, *clause.named) if one.role == "foe"}
    is_theirs = any(fact.happening.parts["foe"].casefold() in foes for fact in hurts)
    return len(sides) == 1 and _side(clause) in {"", *sides} and (is_theirs or not foes)


def _is_spoken_of(figure: Figure, clause: Clause, known: StoryContext) -> bool:
    """Whether it counts what a fact counts in the same words, or is all the enemies that stand, or a part of a name."""
    if clause.denies:
        return False
    counted = f" {figure.words} {figure.following} "
    if (
        figure.following
        and root(figure.following) not in plain_words()
        and any(counted in text for text in known.told_texts)
    ):
        return True
    if figure.following == "of" and any(token.word in _THEM for token in clause.tokens):
        return figure.value == known.standing
    return figure.words.isdigit() and any(figure.words in one.name.split() for one in known.named if one.here)


_HURTS = {"hurt": "foe", "foe-hits": "cat"}
"""Facts of hurts, and who has them."""
_OTHER_SIDE = {"foe": "cat", "cat": "foe"}
_OF_HURTS = frozenset(("damage", "points", "health"))
_THEM = frozenset(("them", "bunnies"))
_TAKES = frozenset(map(root, ("take", "suffer", "lose", "feel", "absorb", "receive", "get", "be")))


def _is_of_the_scene(figure: Figure, clause: Clause, known: StoryContext) -> bool:
    """Whether the figure is one that the texts of the place have, said of nobody; or how many ways there are."""
    if clause.role or clause.mentions_cat:
        return False
    if any(token.word in _WAYS for token in clause.tokens):
        return figure.value == len({way.to.id for way in known.request.briefing.exits})
    if figure.following and (figure.following not in known.scenery_words):
        return f" {figure.words} " in f" {known.scenery} "
    return f" {figure.words} {figure.following} " in f" {known.scenery} "


def has_figure(fact: TurnFact, figure: Figure) -> bool:
    """Whether the fact has this figure, of this kind."""
    return figure.value in _amounts(fact, figure.unit)


def _throw(fact: TurnFact) -> tuple[str, ...]:
    return tuple(fact.happening.parts[name] for name in ("total", "target") if name in fact.happening.parts)


def _is_thrown(value: int, clause: Clause, known: StoryContext, said: frozenset[int]) -> bool:
    """Whether it is one of the two figures of a throw, and the sentence has the other one, too, or says against what;
    or it is what the clause's subject threw, or by how much."""
    against = len(said) > 1 or any(token.word in _AGAINST for token in clause.tokens)
    throws = tuple(fact for fact in known.facts if "total" in fact.happening.parts)
    pairs = [(fact, {int(part) for part in _throw(fact)}) for fact in throws]
    if against and any(value in pair and (pair <= said or said == {value}) for _, pair in pairs):
        return True
    if any(value == abs(fact.happening.margin) and _says_margin(fact, clause) for fact in throws):
        return True
    foe = {one.name.casefold() for one in clause.subject if one.role == "foe"}
    return any(
        value == int(fact.happening.parts["total"]) and fact.happening.parts.get("foe", "").casefold() in foe
        for fact in throws
        if fact.kind in ("foe-hits", "foe-misses")
    )


def _says_margin(fact: TurnFact, clause: Clause) -> bool:
    """Whether the clause says by how much the throw did what was wanted, or did not."""
    words = {token.word for token in clause.tokens}
    return bool(words & ({"by", "under", "short", "shy"} if fact.happening.margin < 0 else {"by", "over", "clear"}))


def _amounts(fact: TurnFact, unit: str) -> frozenset[int]:
    """Figures of a fact in this unit; for an empty unit, all its figures."""
    parts = fact.happening.parts
    wanted = _PARTS.get(unit, () if unit else tuple({name for names in _PARTS.values() for name in names}))
    found = {int(parts[name]) for name in wanted if parts.get(name, "").lstrip("-").isdigit()}
    return frozenset(found) | (frozenset() if unit in ("credits", "damage", "lives") else _in_text(fact))


_PARTS: dict[str, tuple[str, ...]] = {
    "credits": ("credits", "credits_lost"),
    "damage": ("amount",),
    "points": ("amount",),
    "health": ("amount", "hp_gained"),
    "lives": ("lives_left",),
    "level": ("level",),
}


def _in_text(fact: TurnFact) -> frozenset[int]:
    """Figures in the rules' own words, where nothing else names them; those of a throw are told as such."""
    throw = {fact.happening.parts.get("total"), fact.happening.parts.get("target")}
    said = fact.text.replace(".", " ").replace(",", " ").split()
    return frozenset(int(word) for word in said if word.isdigit() and word not in throw)
