"""Words that the scene shows: those of its texts, what the player asked for, and states that are read off the sheet."""

from __future__ import annotations

from services.dm.domain.english.numerals import is_numeral
from services.dm.domain.english.tokens import written_out
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.story.clauses import Clause, find_own_verb
from services.dm.domain.story.context import StoryContext
from services.dm.domain.story.figures import is_unit
from services.dm.domain.story.licences import CAT, FOE, OTHER
from services.dm.domain.story.vocabulary import (
    forms,
    grave_words,
    hard_words,
    is_free,
    is_of,
    kept_up,
    loose_words,
    root,
    tells_news,
)

_YOU = word_set("you")
_PLACING = word_set("over under past near through down up off by around across still away back")
_CHANGED = word_set("gone broken lost")
"""Forms of common verbs that say what has become of something."""
_SOMEBODY = word_set("cat cats tom toms queen kitten kittens he she him her his hers they them their who whose whom")
_LOOKS = word_set("see hear notice")
_SEES_THAT = word_set("to through off out why how that it him her them red")
_ANIMATE = frozenset(
    map(
        root,
        word_set("move stir breathe scratch watch wait crawl shift creep knock growl follow run live look come rise"),
    )
)
_PARTS = word_set(
    "tip cap strap prong button seam stitch stitches lid handle buckle lining hinge bolt catch latch thread hem"
    " blade tin packet lock spring"
)
"""Parts of what is worn, carried and locked: what becomes of them is news."""
_REMAINS = frozenset(map(root, word_set("left leave remain move stir stand")))
_HAS_BEEN = word_set("has have had been")
_ENDED = word_set("over out done ended won lost finished complete past through behind off")
_BARE = 2
"""Tokens of a clause that is nothing but "the end"."""
_NOUNS = word_set("use end turn hand help need call move start try work job order show count stop hold draw find")
_DETERMINERS = word_set(
    "a an the his her its their this that one other no long of own some any each every at second near"
)
_IT, _PARTICLES = word_set("it him them her"), word_set("down up off away back still")
_NOT_PLACED = word_set("and or but in at on to for with as again now then too so it them him her you")


def is_common(at: int, clause: Clause, known: StoryContext) -> bool:
    """Whether a common verb is said of what has no name, or of somebody who is here and of nothing else."""
    if clause.mentions_cat:
        return False
    own = forms(clause.tokens[at].word)
    if clause.role == OTHER:
        others = any(one.role and one not in clause.subject for one in clause.named)
        return not (others or clause.denies) and any(form in kept_up() for form in own)
    if any(one.role for one in (*clause.subject, *clause.named)) or not _is_loose(at, clause, known):
        return False
    if not is_steady(clause, known):
        return False
    return not _is_of_news(clause, known) and not find_condition(clause, known)


def is_steady(clause: Clause, known: StoryContext) -> bool:
    """Whether what a clause names, if anything, is as it was before this turn."""
    if any(not one.steady or one.name.casefold() in known.at_stake for one in (*clause.named, *clause.subject)):
        return False
    return not (clause.named and any(token.word in _HAS_BEEN for token in clause.tokens))


def find_condition(clause: Clause, known: StoryContext) -> str:
    """The condition that a clause names; nothing when it names none."""
    said = f" {' '.join(token.word for token in clause.tokens if not token.compared)} "
    return next((name for name in known.conditions if f" {' '.join(written_out(name))} " in said), "")


def _is_of_news(clause: Clause, known: StoryContext) -> bool:
    """Whether a clause has a word that tells news whatever it is said of."""
    tokens = enumerate(clause.tokens)
    told = (at for at, token in tokens if not (token.named or token.compared) and tells_news(token.word))
    return any(not is_free(clause.tokens[at].word) and not _is_loose(at, clause, known) for at in told)


def _is_loose(at: int, clause: Clause, known: StoryContext) -> bool:
    """Whether a word tells no news of what has no name: rain that says something has told nobody anything. What is
    denied may be news all the same, and so may all that is said of somebody, or of what the cat carries."""
    word = clause.tokens[at].word
    own = forms(word)
    words = [token.word for token in clause.tokens]
    if word in _CHANGED or any(root(each) in known.belongings for each in words) or is_alive(words):
        return False
    if any(form in loose_words() for form in own):
        return True
    if clause.denies or not tells_news(word) or any(form in grave_words() for form in own):
        return False
    return not _SOMEBODY.intersection(words)


def is_alive(words: list[str]) -> bool:
    """Whether something that has no name behaves like somebody, or is no more: both are news."""
    if _PARTS.intersection(words):
        return True
    if {"will", "shall"} & set(words) and {"never", "not", "no"} & set(words):
        return True
    if {"something", "anything"} & set(words) and any(root(each) in _ANIMATE for each in words):
        return True
    return {"nothing", "none"} & set(words) != set() and any(root(each) in _REMAINS for each in words)


def is_preposition(at: int, clause: Clause) -> bool:
    """Whether a word stands before what it places, "over the counter", and not behind a verb that it changes."""
    tokens = clause.tokens
    if tokens[at].word not in _PLACING or at + 1 == len(tokens):
        return False
    following = tokens[at + 1]
    stands_before_it = following.word in _IT and tokens[at].word not in _PARTICLES
    return bool(following.named) or following.word not in _NOT_PLACED or stands_before_it


def is_noun(at: int, clause: Clause) -> bool:
    """Whether a common word is used as a noun, "the end of the counter", of no enemy."""
    if not at or len(clause.tokens) == _BARE or (clause.role and clause.denies):
        return False
    if clause.role == FOE or any(one.role == FOE for one in clause.named):
        return False
    return clause.tokens[at].word in _NOUNS and clause.tokens[at - 1].word in _DETERMINERS


def is_looking(at: int, clause: Clause) -> bool:
    """Whether a word says that the cat sees, hears or looks: what it perceives is read like anything else."""
    if clause.role != CAT or clause.denies or clause.tokens[at].word not in _LOOKS:
        return False
    after = clause.tokens[at + 1].word if at + 1 < len(clause.tokens) else ""
    return after not in _SEES_THAT and at > 0 and clause.tokens[at - 1].word in ("you", "can", "also", "still")


def is_counted(at: int, clause: Clause) -> bool:
    """Whether a word is the unit of a figure, which is checked as a figure."""
    tokens = clause.tokens
    beside = tokens[max(0, at - 3) : at + (4 if tokens[at].word == "armour" else 0)]
    return is_unit(tokens[at].word) and any(token.slot or is_numeral(token.word) for token in beside)


def is_shown(at: int, clause: Clause, known: StoryContext) -> bool:
    """Whether the scene has this word, and it tells no news; or has it beside the word that stands beside it here."""
    word, tokens = clause.tokens[at].word, clause.tokens
    if clause.denies and clause.role:
        return False
    before = tokens[at - 1].word.split()[-1] if at else ""
    after = tokens[at + 1].word.split()[0] if at + 1 < len(tokens) else ""
    if {(before, word), (word, after)} & known.phrases and before not in _YOU:
        return True
    is_named = root(word) in known.seen_words or {(before, word), (word, after)} & known.remembered
    return bool(is_named) and root(word) not in hard_words() and not tells_news(word)


def is_of_the_action(at: int, clause: Clause, known: StoryContext) -> bool:
    """Whether a word is of what the player's character was told to do, takes no ruling, and stands in a clause in which
    it does that, or which denies."""
    word = clause.tokens[at].word
    if root(word) not in known.action_words or root(word) in hard_words():
        return False
    return not tells_news(word) and (clause.denies or root(find_own_verb(clause)) in known.action_words)


def is_state(at: int, clause: Clause, known: StoryContext) -> bool:
    """Whether a word tells a state that the scene shows: of locks, of who stands, of what is carried and for sale, of
    how the cat is."""
    word = clause.tokens[at].word
    return any(is_of(section, word) and holds(clause, known) for section, holds in _STATES)


def _is_locked(clause: Clause, known: StoryContext) -> bool:
    about = _about(clause)
    ways = [way for way in known.request.briefing.exits if {way.id, way.to.id} & about]
    says_locked = any(token.word == "locked" for token in clause.tokens)
    if says_locked and not (clause.subject or clause.named or clause.denies):
        return any(way.locked for way in known.request.briefing.exits)
    opened = any(fact.kind in ("opened", "key-opens") for fact in known.facts)
    if opened and any(way.name.casefold() in known.at_stake for way in ways):
        return clause.denies
    return bool(ways) and all(way.locked != clause.denies for way in ways)


def _is_ready(clause: Clause, known: StoryContext) -> bool:
    about = _about(clause)
    able = [each for each in known.request.scene.state.character.abilities if each.ability.id in about]
    return bool(able) and all((each.ready_in == 0) != clause.denies for each in able)


def _is_safe(clause: Clause, known: StoryContext) -> bool:
    return known.request.briefing.safe and not clause.denies and not known.request.scene.state.encounter


def _is_for_sale(clause: Clause, known: StoryContext) -> bool:
    for_sale = any(ware.id in _about(clause) for ware in known.request.briefing.wares)
    return for_sale and not clause.denies and clause.role != CAT


def _is_carried(clause: Clause, known: StoryContext) -> bool:
    return clause.role == CAT and not clause.denies and bool(known.carried & _about(clause))


def _is_hurt(clause: Clause, known: StoryContext) -> bool:
    cat = known.request.scene.state.character
    return clause.role == CAT and not clause.denies and cat.hp * 2 <= cat.max_hp


def _is_unhurt(clause: Clause, known: StoryContext) -> bool:
    cat = known.request.scene.state.character
    return not clause.denies and (
        _are_whole(clause, known) if clause.role == FOE else clause.role == CAT and cat.hp == cat.max_hp
    )


def _is_unmarked(clause: Clause, known: StoryContext) -> bool:
    """Whether nobody has hurt whom it is about, and it says so: "not a scratch"."""
    cat = known.request.scene.state.character
    return clause.denies and (_are_whole(clause, known) or (clause.role == CAT and cat.hp == cat.max_hp))


def _are_whole(clause: Clause, known: StoryContext) -> bool:
    """Whether the enemies it is about have all their health."""
    fight = known.request.scene.state.encounter
    about = {one.id for one in clause.subject}
    told = [foe for foe in fight.enemies if foe.id in about] if fight else []
    return clause.role == FOE and bool(told) and all(foe.hp == foe.max_hp for foe in told)


def _is_fought(clause: Clause, known: StoryContext) -> bool:
    ends = any(token.word in _ENDED for token in clause.tokens)
    if clause.denies:
        return clause.role == FOE and bool(known.is_up) and not any(one.id in known.is_up for one in clause.subject)
    return not clause.denies and not ends and known.standing > 0


def _stands(clause: Clause, known: StoryContext) -> bool:
    about = clause.subject if clause.role == FOE else clause.named
    return not clause.denies and any(known.is_up.get(one.id) for one in about)


def _is_down(clause: Clause, known: StoryContext) -> bool:
    about = [known.is_up[one.id] for one in clause.subject if one.id in known.is_up]
    return clause.role == FOE and not clause.denies and bool(about) and not any(about)


def _is_on_offer(clause: Clause, known: StoryContext) -> bool:
    """Whether there is work to be had here, and the clause says no more than that."""
    says_more = clause.denies or clause.mentions_cat or any(token.word in _ENDED for token in clause.tokens)
    return bool(known.request.briefing.quests) and not clause.role and not says_more


_STATES = (
    ("locked", _is_locked),
    ("ready", _is_ready),
    ("safe", _is_safe),
    ("for-sale", _is_for_sale),
    ("have", _is_carried),
    ("hurting", _is_hurt),
    ("unhurt", _is_unhurt),
    ("marked", _is_unmarked),
    ("standing", _stands),
    ("fighting", _is_fought),
    ("down", _is_down),
    ("on-offer", _is_on_offer),
)


def _about(clause: Clause) -> set[str]:
    return {one.id for one in (*clause.named, *clause.subject)}
