"""Deeds of the player's character: it does no more than the action, the facts, and what a cat does by itself."""

from __future__ import annotations

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.story.clauses import Clause, find_own_verb
from services.dm.domain.story.company import is_named_in
from services.dm.domain.story.context import StoryContext
from services.dm.domain.story.licences import licence_of
from services.dm.domain.story.readings import Unverified
from services.dm.domain.story.vocabulary import forms, is_free, is_of, own_stirrings, plain_words, root

_COMES, _WAYS = word_set("arrive outrun refusal"), word_set("into to through over under out onto")


def check_own_deed(clause: Clause, known: StoryContext) -> None:
    """The player's character does no more than the action, the facts, and what a cat does by itself."""
    verb = find_own_verb(clause)
    if not verb or root(verb) in plain_words() or not is_free(verb) or root(verb) in known.action_words:
        return
    told = any(is_of(section, verb) for fact in known.facts for section in licence_of(fact).sections)
    if not told and not any(form in own_stirrings() for form in forms(verb)) and not _goes_there(clause, known):
        raise Unverified("agency", verb)


def _goes_there(clause: Clause, known: StoryContext) -> bool:
    """Whether it says how the cat went to what a fact says that it went to, or would have: "you pad over to it"."""
    told = " ".join(fact.text.casefold() for fact in known.facts if fact.kind in _COMES)
    ways = [one for one in clause.named if one.way or one.place]
    goes = any(token.word in _WAYS for token in clause.tokens)
    return goes and not clause.denies and bool(ways) and all(is_named_in(one, told) for one in ways)
