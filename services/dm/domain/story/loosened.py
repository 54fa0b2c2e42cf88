"""Words that no fact bears out and that tell nothing all the same, for what is spoken of or where they stand."""

from __future__ import annotations

from services.dm.domain.english.numerals import is_numeral
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.story.clauses import Clause
from services.dm.domain.story.context import StoryContext
from services.dm.domain.story.licences import CAT, licence_of
from services.dm.domain.story.news import UNDONE
from services.dm.domain.story.shown import is_alive, is_steady
from services.dm.domain.story.vocabulary import (
    forms,
    grave_words,
    hard_words,
    is_free,
    is_of,
    is_of_quality,
    is_unknown,
    light_words,
    may_be_harmless,
    may_be_verb,
    root,
    tells_news,
)

_BEFORE_NOUN = word_set(
    "a an the his her its your their this that these those one no some any each every of in with without by for from at"
    " into under over on to as more less much such what which"
)
_ONE = word_set("a an one another some two three four")
_WAYS = word_set("way gap path exit door arch lift hatch flap")
_THERE = word_set("there here")
_WHERE = word_set("on in at under over above below beneath beside behind between near inside outside by from through")
_STANDS = word_set("lie lies sit sits stand stands hang hangs wait waits lean leans rest rests lurk lurks is are")
_FOR_GOOD = word_set("never nowhere again will shall nothing nobody none more way ways there")
_HOLDS = word_set("pocket purse bag packet tin pot lock bolt latch seam thread blanket")
_UPSHOTS = word_set(
    "hit miss falls flee tried-well tried-badly search-found opened resists life-lost gain pay quest-done"
)
_NOT_ANY = word_set("no a an any not much more")
_AT_THE_HEAD = 3
"""Words of a clause among which its subject stands."""
_HAS = word_set("have has take takes give gives make makes do get feel with")
"""Words with which a noun says what is done, or how one is: "have a lick", "with a fever"."""


def tells_nothing(at: int, clause: Clause, known: StoryContext) -> bool:
    """Whether a word carries no news: nobody is spoken of, and nothing that changed; or it only says of what or how."""
    word = clause.tokens[at].word
    if is_strange_name(at, clause):
        return False
    if root(word) in light_words() and _goes_nowhere(at, clause, known):
        return True
    if clause.denies and _denies_nothing(at, clause, known):
        return True
    if any(form in hard_words() for form in forms(word)):
        return False
    if clause.role or clause.mentions_cat or any(one.role for one in clause.named):
        return _is_aside(at, clause)
    if not is_steady(clause, known) or is_alive([token.word for token in clause.tokens]):
        return False
    if is_unknown(word):
        return may_be_harmless(word) or not _is_introduced(at, clause)
    grave = any(form in grave_words() for form in forms(word)) and tells_news(word)
    if clause.denies:
        return False
    leads = any(token.word in _WAYS for token in clause.tokens)
    return grave and root(word) not in UNDONE and not leads and not clause.named and not _is_introduced(at, clause)


def _denies_nothing(at: int, clause: Clause, known: StoryContext) -> bool:
    """Whether it is denied of nothing that has a name, and is no word for how anything went: "the dust is no joke"."""
    word = clause.tokens[at].word
    words = [token.word for token in clause.tokens if not token.compared]
    if root(word) in light_words() or not at or clause.tokens[at - 1].word not in _NOT_ANY:
        return False
    if clause.role or clause.mentions_cat or clause.named or _FOR_GOOD.intersection(words) or is_alive(words):
        return False
    if any(root(each) in known.belongings for each in words) or _HOLDS.intersection(words):
        return False
    if any(form in grave_words() for form in forms(word)) or any(is_of(section, word) for section in _UPSHOTS):
        return False
    return not any(is_of(section, word) for fact in known.facts for section in licence_of(fact).sections)


def is_strange_name(at: int, clause: Clause) -> bool:
    """Whether a word is written as the name of somebody, or of something, that the scene does not know: with a capital
    inside the sentence, or on no list at its head, where another name or what he does follows ("Gerald sits")."""
    token = clause.tokens[at]
    if token.named or not token.capital:
        return False
    if not token.begins:
        return True
    if at + 1 == len(clause.tokens) or not is_unknown(token.word) or may_be_harmless(token.word):
        return False
    after = clause.tokens[at + 1]
    does = after.word.endswith(("s", "ed")) and (
        may_be_verb(after.word) or is_free(after.word) or is_unknown(after.word)
    )
    return after.capital or (does and not token.word.endswith("s"))


def _goes_nowhere(at: int, clause: Clause, known: StoryContext) -> bool:
    """Whether a common verb is said of one thing or one other than the cat, with nothing beside it that it could tell
    of: no other name, nobody's body, no "up" or "away"."""
    words = {token.word for token in clause.tokens if not token.compared}
    if (
        not clause.subject
        or clause.denies
        or clause.role == CAT
        or clause.mentions_cat
        or words & (_PARTICLES | _OF_BODIES | _DONE)
    ):
        return False
    if any(token.slot or is_numeral(token.word) for token in clause.tokens):
        return False
    if any(not one.role and one.name.casefold() in known.at_stake for one in clause.subject):
        return False
    return at + 1 < len(clause.tokens) and all(one in clause.subject for one in clause.named)


_PARTICLES = word_set(
    "out down up off away over under back through round around on home apart in last again nothing none nobody open"
)
_OF_BODIES = word_set("paw paws ear ears leg legs tail fur flank eye eyes nose side claw claws life lives breath mouth")
_DONE = word_set("been being become becomes never enough free")


def _is_introduced(at: int, clause: Clause) -> bool:
    """Whether the clause says that something new is there: "there is a hole", "a rope hangs down", "on the shelf lies a
    rope"."""
    words = [token.word for token in clause.tokens]
    if words[:2] == ["it", "is"] and not clause.denies and is_unknown(words[at]) and not may_be_harmless(words[at]):
        return True
    new = any(word in _ONE for word in words[max(0, at - 2) : at])
    is_turned = words[0] in _WHERE and bool(_STANDS.intersection(words[:at]))
    return new and (at <= _AT_THE_HEAD - 1 or is_turned or bool(_THERE.intersection(words[:at])))


def _is_aside(at: int, clause: Clause) -> bool:
    """Whether a word that may be said of somebody is a noun or says how one is, and not what anybody does."""
    word = clause.tokens[at].word
    if (
        not at
        or clause.denies
        or (any(form in grave_words() for form in forms(word)) and root(word) not in light_words())
    ):
        return False
    if not (tells_news(word) or may_be_harmless(word)):
        return False
    words = [token.word for token in clause.tokens]
    if clause.role == CAT and _HAS.intersection(words[:at]) and (may_be_verb(word) or may_be_harmless(word)):
        return False
    before = words[at - 1]
    return before in _BEFORE_NOUN or (at > 1 and is_of_quality(before) and words[at - 2] in _BEFORE_NOUN)
