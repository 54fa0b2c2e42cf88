"""Sentences that are of no story: orders to whoever reads, and general truths about nothing that is here."""

from __future__ import annotations

from services.dm.domain.english.numerals import is_numeral
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.story.clauses import Clause
from services.dm.domain.story.context import StoryContext
from services.dm.domain.story.readings import Unverified
from services.dm.domain.story.tokens import YOU, YOURS, Token
from services.dm.domain.story.vocabulary import is_free, is_unknown, may_be_verb, plain_words, root, things

_DETERMINERS = word_set(
    "a an the this that these those it them your his her their its my our all each every any some one"
)
_PREPOSITIONS = word_set("to at in into on for with from by over under out up down off away back about")
_ORDERS = word_set(
    "do let never always remember make keep use try be go look think write add put take give please imagine note"
)
_NO_VERBS = word_set(
    "half twice double much many most more such what how so here there then now once only even just both all not no"
    " past near down up off away out back through over under behind across"
)
_THE = word_set("the this that these those its here there his her their")
_PRONOUNS = word_set("this that it he she they them him her something nothing everything somebody nobody everybody")
_ANY = word_set("a an all every")
_WEATHER = word_set("rain drizzle sleet snow fog mist thunder")
"""Told without an article, it is that of here."""
_REACH = 3


def check_address(clauses: tuple[Clause, ...], known: StoryContext, *, unlisted: bool) -> None:
    """Raises Unverified for a sentence that tells no fact and is such a one. `unlisted`: whether it has words of which
    nothing is known; one that begins with a certain thing and has none stands."""
    words = tuple(token for clause in clauses for token in clause.tokens)
    if not words:
        return
    if _is_order(words) and not any(one.here for token in words for one in token.named):
        raise Unverified("order", words[0].word)
    if words[0].word in YOU and words[1:2] and words[1].word in _ADVISES:
        raise Unverified("order", words[1].word)
    says = any(token.word in _IS_VERB or may_be_verb(token.word) for token in words) or _does(words)
    if (unlisted or _is_of_any(words[0])) and says and not _is_of_here(words, known):
        raise Unverified("general", words[0].word)


_IS_VERB = word_set("is are was were has have does do can will")


_ADVISES = word_set("should must ought shall")


def _does(words: tuple[Token, ...]) -> bool:
    """Whether an unknown word behind the first one says what that does: "chlorophyll absorbs"."""
    return len(words) > 1 and words[1].word.endswith("s") and is_unknown(words[1].word)


def _is_of_any(first: Token) -> bool:
    """Whether a sentence begins with any of a kind: "leaves", "two leaves", "a leaf"."""
    word = first.word
    if first.named or word in _ANY or is_numeral(word):
        return not first.named
    return root(word) not in plain_words()


def _is_order(words: tuple[Token, ...]) -> bool:
    first, after = words[0], words[1].word if len(words) > 1 else ""
    word = first.word
    if first.named or first.slot or word in _NO_VERBS or word.endswith(("s", "ed", "ing", "ly")):
        return False
    if word in _ORDERS or (word in ("do", "never", "please") and len(words) > 1):
        return after not in ("is", "are")
    if root(word) in plain_words() or (is_free(word) and not may_be_verb(word)):
        return False
    return after in _DETERMINERS or (may_be_verb(word) and root(word) not in things() and after in _PREPOSITIONS)


def _is_of_here(words: tuple[Token, ...], known: StoryContext) -> bool:
    """Whether one of the words is of this scene: a name, what its texts speak of, or something of the scenery that is
    not any but a certain one."""
    if words[0].word in _WEATHER:
        return True
    asked = any(root(token.word) in known.action_words and not is_free(token.word) for token in words)
    for at, token in enumerate(words):
        by_pronoun = token.word in YOU | YOURS | _PRONOUNS and words[0].word not in ("every", "all")
        if token.named or token.slot or (not asked and by_pronoun):
            return True
        own = root(token.word)
        if own in known.seen_words and own not in plain_words():
            return True
        if own in things() and any(each.word in _THE for each in words[max(0, at - _REACH) : at]):
            return True
    return False
