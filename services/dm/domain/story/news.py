"""News that no single word tells: a way out that is not there, somebody who is gone, a word that is given. Whatever the
words of such a clause may do elsewhere, here it is refused."""

from __future__ import annotations

from itertools import pairwise

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.facts import TurnFact
from services.dm.domain.story.clauses import Clause
from services.dm.domain.story.context import StoryContext
from services.dm.domain.story.licences import BLOWS, CAT, FOE, OTHER, OUT_OF_LUCK
from services.dm.domain.story.readings import Unverified
from services.dm.domain.story.vocabulary import root

_WAYS = word_set("way exit")
_LEADS = word_set("in out up down round around through past behind back under over on along off clear free open")
_HERE = word_set("here there around about present anywhere in")
_NOBODY = word_set("nobody none")
_MORE = word_set("another third fourth fifth sixth new extra")
_PLEDGED = word_set("word promise oath")
_GIVES = word_set("give gives have has gave given keep keeps send sends")
_FAR = word_set("below behind away off down far gone")
_JOB, _DONE = word_set("job task quest errand"), word_set("done over finished complete completed ended")
_SAYS = word_set(
    "tells gives hands shows asks offers promises warns sends joins helps thanks tell give hand show sent wants"
    " expects knows"
)
_FIGHT, _ENDED = word_set("fight battle brawl"), word_set("over done ended ends end won finished finish")
_WORKS = word_set("works work worked yields gives opens turns moves budges clicks")
_FATES = word_set(
    "less short blunt bent cracked broken snapped split torn ripped spilt stuck gone lost dull loose flat crushed"
    " powder hollow hole holes leak leaks false fake spare slips drops falls rolls bricked boarded walled choked"
    " flooded collapsed fallen jammed burnt ruined spoilt shredded done worse"
)
"""Words for what may become of a thing."""
_PACKED = word_set(
    "packet packets tin tins pot pots jar jars bottle bottles twist twists bundle piece pocket coin coins"
)
_TOLD_OF = word_set("use drop give sell take-off") | {""}
"""Facts that tell what became of a thing of the cat's."""
_FOUND = word_set("carry take-credits search-found")
_HOLDS = word_set("have hold wear carry own keep got without")
_LIES, _ON = (
    word_set("is are lies lie sits sit hangs hang stays stay"),
    word_set("on in behind under at inside beneath with"),
)
_FIRST = 2
UNDONE = frozenset(
    map(
        root,
        word_set(
            "apart sag slump droop unravel undone fray tatter wind winded shrink crumple collapse limp split crack"
            " snap burst tear rip break bend dent chip shred buckle melt dissolve fade thin leak scatter"
        ),
    )
)
"""Stems that say that something is no longer whole."""
_CHANGES_HANDS = word_set("carry put-on take-off give sell use drop pay tried opened key-opens")
_HAND = word_set("paw paws bag pocket back belt hand mouth teeth jaws fur neck head ears arm grip name purse")
_YOUR_HAND = frozenset(("your", each) for each in _HAND)
_SAYS_IT = word_set("is are has have does do")
_EXCEPTS = word_set("less minus save except bar")
_SUPPOSES = word_set("would could might should may if look looks")
_NOTHING = word_set("nothing none")
_OWN = word_set("your his her their its my")


def check_news(clause: Clause, borne: tuple[TurnFact, ...], known: StoryContext) -> None:
    """Raises Unverified for a clause that tells such news."""
    words = [token.word for token in clause.tokens if not token.compared]
    _check_ways(clause, words, borne)
    _check_presence(clause, words, known)
    _check_word(words)
    _check_grip(clause, borne, known)
    _check_fight(clause, words, known)
    if not any(fact.kind in BLOWS for fact in borne):
        _check_whole(clause, words, known)
    if _JOB.intersection(words) and _DONE.intersection(words) and not any(f.kind == "quest-done" for f in known.facts):
        raise Unverified("quest", next(word for word in words if word in _JOB))
    if clause.denies and "but" in words and any(fact.kind == "search-nothing" for fact in borne):
        raise Unverified("exception", "but")
    if words[:1] and words[0] in _EXCEPTS and words[1:2] and words[1] in ("the", "a", "one", "two"):
        raise Unverified("exception", words[0])
    if (
        words[:1] == ["but"]
        and words[1:2] in (["a"], ["an"], ["one"], ["the"])
        and not (borne or clause.named or _SAYS_IT.intersection(words))
        and any(fact.kind == "search-nothing" for fact in known.facts)
    ):
        raise Unverified("exception", "but")
    if words[:2] == ["all", "but"]:
        raise Unverified("exception", "but")
    _check_things(clause, words, borne, known)
    _check_held(clause, words, borne, known)
    if (
        words[:1] in (["it"], ["that"])
        and not clause.denies
        and _WORKS.intersection(words)
        and any(f.kind in OUT_OF_LUCK for f in known.facts)
    ):
        raise Unverified("verdict", "works")


def _check_ways(clause: Clause, words: list[str], borne: tuple[TurnFact, ...]) -> None:
    """Raises Unverified for a way out that the scene does not name."""
    if clause.denies and not borne and "other" in words and _WAYS.intersection(words):
        raise Unverified("exit", "other")
    told = any(fact.kind not in ("searched", "search-nothing") for fact in borne)
    if told or any(one.way or one.place for one in clause.named):
        return
    for word, after in pairwise((*words, "")):
        if word in _WAYS and (after in _LEADS or _LEADS.intersection(words[-1:])):
            raise Unverified("exit", word)


def _check_presence(clause: Clause, words: list[str], known: StoryContext) -> None:
    """Raises Unverified for somebody here who is said not to be, somebody absent who speaks to the cat, an enemy more,
    and a place of the cat that is said to be far away."""
    if clause.role == OTHER and clause.denies and _HERE.intersection(words[-2:]):
        raise Unverified("absent", words[-1])
    if (
        _NOBODY.intersection(words[:1])
        and _HERE.intersection(words)
        and any(one.role for one in known.named if one.here)
    ):
        raise Unverified("absent", words[0])
    for token, after in pairwise(clause.tokens):
        if token.word in _MORE and any(one.role == FOE for one in after.named):
            raise Unverified("stranger", after.word)
    absent = bool(clause.subject) and not any(one.here or one.place for one in clause.subject)
    if absent and clause.mentions_cat and any(word in _SAYS for word in words):
        raise Unverified("absent", clause.subject[0].name)
    if clause.subject and clause.subject[0].place and clause.subject[0].here and _FAR.intersection(words):
        raise Unverified("place", clause.subject[0].name)


def _check_grip(clause: Clause, borne: tuple[TurnFact, ...], known: StoryContext) -> None:
    """Raises Unverified for an enemy that is where a thing of the cat's strikes, and for one thing that is as good as
    another."""
    if clause.role == FOE and not borne and any(one.id in known.carried for one in clause.named):
        raise Unverified("verdict", clause.named[-1].name)
    said = [token.word for token in clause.tokens]
    if not borne and " as good as " in f" {' '.join(said)} ":
        raise Unverified("exception", "good")


def _check_things(clause: Clause, words: list[str], borne: tuple[TurnFact, ...], known: StoryContext) -> None:
    """Raises Unverified for a carried thing or a way that changes without a fact, one thing more, a way to another
    place than its own, and a find that is said to be nothing."""
    mine = any(root(part) in known.belongings for word in words for part in word.split())
    ways = {one.id for one in (*clause.named, *clause.subject) if one.way}
    fate = next((word for word in words if word in _FATES), "")
    if fate and (mine or ways) and not any(fact.kind in _TOLD_OF for fact in borne):
        raise Unverified("item" if mine else "exit", fate)
    for word, after in pairwise(words):
        if word in _MORE | {"second"} and after in _PACKED:
            raise Unverified("item", after)
    places = {one.id for one in clause.named if one.place and not one.here}
    leads = {(way.id, way.to.id) for way in known.request.briefing.exits}
    if len(ways) == len(places) == 1 and not {(way, place) for way in ways for place in places} <= leads:
        raise Unverified("exit", next(iter(places)))
    for word, after in pairwise(words):
        if word in _PACKED and after in _MORE | {"more"}:
            raise Unverified("item", word)
    found = any(fact.kind in _FOUND or fact.kind == "opened" for fact in known.facts)
    if found and "there" in words and _NOTHING.intersection(words) and not borne:
        raise Unverified("item", "nothing")


def _check_held(clause: Clause, words: list[str], borne: tuple[TurnFact, ...], known: StoryContext) -> None:
    """Raises Unverified for a cat that holds what neither sheet nor fact says it has, or lacks what it carries."""
    if _SUPPOSES.intersection(words):
        return
    holds = (clause.role == CAT and _HOLDS.intersection(words)) or _YOUR_HAND.intersection(pairwise(words))
    seen = known.request.briefing
    loose = {each.id for each in (*seen.wares, *seen.finds, *seen.features)} - known.carried
    told = " ".join(fact.text.casefold() for fact in borne if fact.kind in _CHANGES_HANDS)
    for at, token in enumerate(clause.tokens):
        ids = {one.id for one in token.named if not one.role}
        if not ids or any(one.name.casefold() in told for one in token.named):
            continue
        is_another = not ids & known.carried and (ids <= loose or all(one.is_item for one in token.named))
        if holds and ((ids & known.carried and clause.denies) or (is_another and not clause.denies)):
            raise Unverified("item", token.word)
        rest = [each.word for each in clause.tokens[at + 1 :]]
        if (
            ids & known.carried
            and at < _FIRST
            and _LIES.intersection(rest[:2])
            and _ON.intersection(rest)
            and "your" not in rest
        ):
            raise Unverified("item", token.word)


def _check_fight(clause: Clause, words: list[str], known: StoryContext) -> None:
    """While somebody stands, the fight goes on, and whoever stands is in it."""
    if not known.standing or clause.denies or not _FIGHT.intersection(words):
        return
    if _ENDED.intersection(words) or (clause.role == FOE and "out" in words):
        raise Unverified("enemy-state", next(word for word in words if word in _FIGHT))


def _check_whole(clause: Clause, words: list[str], known: StoryContext) -> None:
    """Raises Unverified for an enemy that comes apart when none falls, and for a carried thing that comes apart."""
    if clause.denies:
        return
    undone = next((word for word in words if root(word) in UNDONE), "")
    if not undone:
        return
    falls = any(fact.kind in ("foe-falls", "won") for fact in known.facts)
    if not falls and (clause.role == FOE or (words[:1] == ["its"] and any(one.role == FOE for one in clause.before))):
        raise Unverified("enemy-state", undone)
    if any(one.id in known.carried for one in (*clause.subject, *clause.before, *clause.named)):
        raise Unverified("item", undone)


def _check_word(words: list[str]) -> None:
    """Raises Unverified for a promise that is given."""
    said = set(words)
    if said & _GIVES and any(word in _PLEDGED and before in _OWN for before, word in pairwise(words)):
        raise Unverified("promise", next(word for word in words if word in _PLEDGED))
