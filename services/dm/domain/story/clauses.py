"""Clauses of a sentence: what each is about, whether it denies, and which of its words only compare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from services.dm.domain.english.tokens import fold, written_out
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.facts import TurnFact
from services.dm.domain.story.comparisons import mark_comparisons, mark_idioms
from services.dm.domain.story.context import Named, StoryContext
from services.dm.domain.story.licences import CAT, FOE
from services.dm.domain.story.slots import MARK
from services.dm.domain.story.tokens import YOU, YOURS, Token
from services.dm.domain.story.vocabulary import is_verb, may_be_verb, plain_words, root

_TOKEN = re.compile(r"⟦f\d+\.[\w-]+⟧|[a-z0-9]+(?:'[a-z]+)?|[,;:—–()…]|\s-+\s")
_JOINS = word_set(
    "and but while as when then so because which who that until before after though although where or yet"
)
_DENIES = word_set(
    "not no never nothing nobody none neither nor without hardly scarcely nowhere fail fails failed refuse refuses"
    " cannot unable"
)
_BUT = word_set("all anything nothing none")
_SPACE = word_set("before after")
"""Words that place something before or behind one thing, and join nothing."""
_NEARLY = {("all", "but"), ("anything", "but"), ("far", "from"), ("short", "of"), ("instead", "of"), ("rather", "than")}
_BEFORE_OBJECT = word_set(
    "at on of to from with in into onto by under over for past behind near against between around toward towards"
    " through across beside off beneath above below after along about"
)
_ARTICLES = word_set("a an the this that these those its his her their your every each some another both all")
_RELATIVE = word_set("who which whose")
_IT = word_set("it its")
_OF_IT = word_set("its their")
_VERDICTS = word_set("hit miss success failure fumble clean critical near narrow")
_THERE = word_set("there here where what how why everything anything nothing something")
_OBJECTS = word_set("it him them her")
_PRONOUNS = word_set("it he she they him them his her its their")


@dataclass(frozen=True)
class Clause:
    """A part of a sentence. `subject`: the roles and things it may be about; none: something without a name."""

    tokens: tuple[Token, ...]
    subject: tuple[Named, ...]
    denies: bool
    before: tuple[Named, ...]
    """The subject of the clause before it."""
    own_subject: bool
    """Whether the subject stands in it, or is that of the clause before."""
    following: tuple[Token, ...] = ()
    """Tokens of the clauses that follow and tell of the same subject."""

    @property
    def role(self) -> str:
        return self.subject[0].role if self.subject else ""

    @property
    def named(self) -> tuple[Named, ...]:
        return tuple(one for token in self.tokens if not token.compared for one in token.named)

    @property
    def mentions_cat(self) -> bool:
        return any(token.word in YOU | YOURS for token in self.tokens)


NO_CLAUSE = Clause((), (), False, (), False)


def read_clauses(sentence: str, known: StoryContext, before: tuple[Named, ...]) -> tuple[Clause, ...]:
    """The clauses of a sentence. `before`: what the one before it was about."""
    clauses: list[Clause] = []
    subject = before
    for tokens in _split(mark_comparisons(mark_idioms(_name(_tokens(sentence), known)))):
        named = clauses[-1].named if clauses else ()
        of_it = named[-1:] if _OF_IT.intersection(token.word for token in tokens[:2]) else ()
        about = named[-1:] if named and _is_relative(tokens) else (*subject, *of_it)
        clause = _read(tokens, known, about, first=not clauses)
        subject = clause.subject if clause.own_subject else clause.subject or subject or clause.named[-1:]
        clauses.append(clause)
    return tuple(replace(clause, following=_goes_on(clause, clauses[at + 1 :])) for at, clause in enumerate(clauses))


def _is_relative(tokens: tuple[Token, ...]) -> bool:
    """Whether it tells more of what the clause before it named: "the rat, that strikes you"."""
    if tokens[0].word != "that" or len(tokens) == 1:
        return tokens[0].word in _RELATIVE
    return tokens[1].word.endswith("s") and may_be_verb(tokens[1].word)


def _goes_on(told: Clause, later: list[Clause]) -> tuple[Token, ...]:
    """The tokens of the clauses behind one, up to the first that is about something else."""
    found: list[Token] = []
    for clause in later:
        if clause.own_subject and clause.subject != told.subject:
            break
        found.extend(clause.tokens)
    return tuple(found)


def _tokens(sentence: str) -> list[Token]:
    raw, found = fold(sentence), []
    starts = _capitals(sentence)
    for match in _TOKEN.finditer(raw):
        text = match.group().strip()
        if slot := MARK.fullmatch(text):
            found.append(Token(text, slot=slot.group(1)))
            continue
        if not text[:1].isalnum():
            found.append(Token(",", capital=False))
            continue
        capital = text.partition("'")[0] in starts
        begins = not found
        found.extend(Token(word, capital=capital, begins=begins) for word in written_out(text))
    return found


def _capitals(sentence: str) -> frozenset[str]:
    """Words that are written with a capital inside the sentence."""
    return frozenset(fold(word) for word in re.findall(r"(?<=[^.!?…]\s)[“\"‘']?([A-Z][\w]+)", sentence)) | frozenset(
        fold(word) for word in re.findall(r"^[“\"‘']?([A-Z][\w]+)", sentence)
    )


def _name(tokens: list[Token], known: StoryContext) -> list[Token]:
    """The tokens with runs that are names made one."""
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        size, named = _longest_name(tokens, at, known)
        if named:
            found.append(Token(" ".join(token.word for token in tokens[at : at + size]), named))
            at += size
        else:
            found.append(tokens[at])
            at += 1
    return found


def _longest_name(tokens: list[Token], at: int, known: StoryContext) -> tuple[int, tuple[Named, ...]]:
    for size in range(min(known.longest, len(tokens) - at), 0, -1):
        run = tuple(token.word for token in tokens[at : at + size])
        named = known.forms.get(run, ())
        here = tuple(one for one in named if one.here or one.place)
        if here:
            return size, here
        if named and (size > 1 or tokens[at].capital):
            return size, named
    return 1, ()


def _split(tokens: list[Token]) -> Iterator[tuple[Token, ...]]:
    part: list[Token] = []
    for at, token in enumerate(tokens):
        if token.word == "," or (token.word in _JOINS and not token.compared and _begins_clause(tokens, at)):
            if any(each.word != "," for each in part):
                yield tuple(part)
            part = []
        if token.word != ",":
            part.append(token)
    if part:
        yield tuple(part)


def _begins_clause(tokens: list[Token], at: int) -> bool:
    """Whether what follows a joining word is more than a second object: "and the claws" is not, "and it falls" is."""
    if tokens[at].word == "but" and at and tokens[at - 1].word in _BUT:
        return False
    if tokens[at].word == "and" and _is_second_object(tokens[at + 1 :]):
        return False
    if tokens[at].word in _SPACE and (at + 2 >= len(tokens) or tokens[at + 2].word == ","):
        return False
    return tokens[at].word != "as" or not any(token.word == "as" for token in tokens[at + 1 : at + 5])


def _is_second_object(rest: list[Token]) -> bool:
    """Whether only a name follows, up to the end or a mark."""
    names = rest[1:] if rest and rest[0].word in _ARTICLES else rest
    return bool(names) and bool(names[0].named) and (len(names) == 1 or names[1].word == ",")


def _read(tokens: tuple[Token, ...], known: StoryContext, before: tuple[Named, ...], *, first: bool) -> Clause:
    lead = next((at for at, token in enumerate(tokens) if token.word not in _JOINS), 0)
    subject, own = _subject(tokens if _is_relative(tokens) else tokens[lead:], known, before, first=first)
    denies = any(token.word in _DENIES and not (token.compared or token.idle) for token in tokens) or _all_but(tokens)
    return Clause(tokens, subject, denies, before, own)


def _all_but(tokens: tuple[Token, ...]) -> bool:
    """Whether it says that something nearly was: "all but", "anything but", "far from"."""
    words = [token.word for token in tokens if not token.compared]
    return any(pair in _NEARLY for pair in pairwise(words))


def _subject(
    tokens: tuple[Token, ...], known: StoryContext, before: tuple[Named, ...], *, first: bool
) -> tuple[tuple[Named, ...], bool]:
    """The subject of a clause, and whether it stands in it: the first named that no preposition stands before. Only a
    later clause of a sentence goes on about the subject of the one before it."""
    if tokens and _is_relative(tokens) and not first:
        return before, False
    if not first and (_goes_on_doing(tokens) or _you_go_on(tokens, before)):
        return before, False
    for at, token in enumerate(tokens):
        if token.compared or _is_object(tokens, at):
            continue
        if token.word in YOU | YOURS:
            return (THE_CAT,), token.word in YOU
        if token.named and (at <= 1 or any(one.role for one in token.named)):
            return token.named, True
        if token.word in _PRONOUNS:
            return (() if at == 0 and _is_empty(tokens) else _resolve_pronoun(token.word, known, before)), True
        if (token.word in _ARTICLES or token.word in _THERE) and at == 0 and not _has_name(tokens):
            return (), True
    return (() if first else before), False


def _goes_on_doing(tokens: tuple[Token, ...]) -> bool:
    """Whether it begins with what the subject of the clause before does: "and strikes you"."""
    if len(tokens) < 2 or tokens[0].named or not tokens[0].word.endswith("s") or not may_be_verb(tokens[0].word):
        return False
    after = tokens[1]
    return bool(after.named) or after.word in YOU | YOURS | _ARTICLES | _PRONOUNS | _BEFORE_OBJECT


def _you_go_on(tokens: tuple[Token, ...], before: tuple[Named, ...]) -> bool:
    """Whether it begins with what the cat does to something spoken of: "and keep them"."""
    if len(tokens) < 2 or before[:1] != (THE_CAT,) or tokens[0].named:
        return False
    return tokens[1].word in _OBJECTS and root(tokens[0].word) not in plain_words()


def _is_empty(tokens: tuple[Token, ...]) -> bool:
    """Whether "it" stands for nothing: "it is a miss"."""
    words = [token.word for token in tokens[:5] if token.word not in ("not", "still", "only", "just")]
    return words[:3] in (["it", "is", "a"], ["it", "is", "by"]) and any(word in _VERDICTS for word in words)


def _resolve_pronoun(word: str, known: StoryContext, before: tuple[Named, ...]) -> tuple[Named, ...]:
    """Those that a pronoun stands for: the subject told of before; in a fight, the foe the cat struck at, rather than a
    thing."""
    others = tuple(one for one in before if one.role != CAT)
    if before[:1] and before[0].role == CAT and not any(one.role for one in others) and _find_struck(known):
        others = ()
    return others or (_find_struck(known) if word in _IT else _only(known))


def _has_name(tokens: tuple[Token, ...]) -> bool:
    """Whether a name follows the article that a clause begins with."""
    return any(token.named for token in tokens[1:2]) or any(
        token.named and any(one.role for one in token.named) for token in tokens[2:3]
    )


def _find_struck(known: StoryContext) -> tuple[Named, ...]:
    """The foe the cat struck at, if it was only one: "it" means that one in a fight."""
    foes = {fact.happening.parts["foe"].casefold() for fact in known.facts if _is_own_blow(fact)}
    return (
        tuple(one for one in known.named if one.role == FOE and one.name.casefold() in foes) if len(foes) == 1 else ()
    )


def _is_own_blow(fact: TurnFact) -> bool:
    return fact.kind in ("strike", "hurt")


def _only(known: StoryContext) -> tuple[Named, ...]:
    """Those meant by a pronoun that follows nobody: all who are here but the cat."""
    return tuple(one for one in known.named if one.here and one.role and one.role != CAT)


def _is_object(tokens: tuple[Token, ...], at: int) -> bool:
    if at and tokens[at - 1].word in _BEFORE_OBJECT:
        return True
    return at > 1 and tokens[at - 1].word in _ARTICLES and tokens[at - 2].word in _BEFORE_OBJECT


THE_CAT = Named("character", "you", CAT)
_AUXILIARY = word_set(
    "are is be been being am have has had do does did can could will would may might must should shall not never still"
    " just only also almost nearly barely hardly always both all now even then and"
)


def find_own_verb(clause: Clause) -> str:
    """The word that says what the cat does in this clause; nothing when it only is something, or another does."""
    if clause.role != CAT:
        return ""
    words = [token.word for token in clause.tokens if not token.compared]
    if any(word in YOU for word in words):
        words = words[next(at for at, word in enumerate(words) if word in YOU) + 1 :]
    elif (
        clause.own_subject
        or not words
        or words[0] in _ARTICLES | _BEFORE_OBJECT | YOURS | _PRONOUNS | _THERE
        or not is_verb(words[0])
    ):
        return ""
    for word in words:
        if word in ("are", "be", "been", "am", "is", "were", "was"):
            return ""
        if word not in _AUXILIARY and not word.endswith("ly"):
            return word
    return ""
