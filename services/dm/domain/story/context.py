"""StoryContext of a story: what the scene shows and says, as words, names and figures that a story may use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise

from contracts.canon import NpcVoice
from contracts.dm import ValidateAndRoute
from contracts.lore import Briefing
from services.dm.domain.english.sentences import split_sentences
from services.dm.domain.english.tokens import written_out
from services.dm.domain.facts import TurnFact, number_facts
from services.dm.domain.ideas import tell_apart
from services.dm.domain.story.licences import CAT, FOE, OTHER
from services.dm.domain.story.vocabulary import hard_words, plain_words, root, tells_news

_ORDINALS = frozenset(("first", "second", "third", "fourth"))
_GIVES = {
    **dict.fromkeys(("you-suffer", "gains-condition", "mishap", "hazard-caught"), (CAT,)),
    "foe-suffers": (FOE,),
}
"""Facts that give a condition, and to whom."""
_NO_MARKS = str.maketrans('"“”', "   ")
LONG = 5
"""Words that no name has."""
_LEADS = frozenset(("to", "of", "between", "from", "in", "behind", "under"))
"""First words of the part of a way's name that says where it leads."""
_SHORTEST = 4
MOST_CLAIMED = 4
"""Words of a name: a longer one is told by its last ones, too."""


@dataclass(frozen=True)
class Named:
    """Something with a name. `role`: cat, foe or other for who can act, empty for things."""

    id: str
    name: str
    role: str = ""
    here: bool = True
    place: bool = False
    steady: bool = False
    """Whether it stays as it is: a place, a thing that belongs to one."""
    short: bool = False
    """Whether its last word will do, too: "the valve", "sardines"."""
    way: bool = False
    """Whether one leaves by it: of "the wet gap to the market" its beginning will do, too, and that "gap"."""

    @property
    def is_item(self) -> bool:
        """Whether it is something that may change hands."""
        return self.short and not (self.role or self.steady or self.place or self.way)


@dataclass(frozen=True)
class StoryContext:
    """Facts and surroundings of a turn, against which its story is verified."""

    request: ValidateAndRoute = field(repr=False)
    facts: tuple[TurnFact, ...]

    @cached_property
    def named(self) -> tuple[Named, ...]:
        """Everything that has a name here, and the names that are known but elsewhere."""
        return tuple(_list_named(self.request))

    @cached_property
    def names(self) -> dict[str, str]:
        """Names by id, for slots."""
        return {each.id: each.name for each in reversed(self.named) if each.id}

    @cached_property
    def forms(self) -> dict[tuple[str, ...], tuple[Named, ...]]:
        """By run of words: those it names. Full names, names without an article, and last words of those who act."""
        found: dict[tuple[str, ...], list[Named]] = {}
        for each in self.named:
            for form in _forms(each):
                found.setdefault(form, []).append(each)
        return {form: tuple(each) for form, each in found.items()}

    @cached_property
    def longest(self) -> int:
        return max(map(len, self.forms), default=1)

    @cached_property
    def seen_words(self) -> frozenset[str]:
        """Stems of everything that can be read in the scene as it is."""
        return _stems(_list_texts(self.request))

    @cached_property
    def leaves_game(self) -> bool:
        """Whether what was typed asks for what is not of the game. What reads it is loaded where it is needed."""
        from services.dm.domain.story.leaving import leaves_game

        people, cat = self.request.briefing.npcs, self.request.scene.state.character
        topics = (topic.name for person in people for topic in person.topics)
        titles = (person.role for person in people)
        named = (each.name for each in self.named)
        suffered = (each.name for each in cat.conditions)
        names = _stems((cat.name, *named, *suffered, *topics, *titles))
        return leaves_game(self.request, self.seen_words, names)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The texts of the scene, of what is remembered and of this turn's facts: what somebody may speak of."""
        passages = (passage.text for passage in self.request.passages)
        memories = (memory.text for memory in self.request.memories)
        return (*_list_texts(self.request), *passages, *memories, *(fact.text for fact in self.facts))

    @cached_property
    def own_lines(self) -> frozenset[tuple[str, ...]]:
        """The sentences of those who are here, and of this turn's facts, word by word."""
        voices = (person.voice for person in self.request.briefing.npcs if person.voice)
        lines = (line for own in voices for line in _lines(own))
        texts = (*lines, *(fact.text.translate(_NO_MARKS) for fact in self.facts))
        return frozenset(tuple(written_out(said)) for text in texts for said in split_sentences(text))

    @cached_property
    def scenery(self) -> str:
        """The words of the place and of who is in it, as one text."""
        seen = self.request.briefing
        return " ".join(word for text in (seen.description, *_people(seen)) for word in written_out(text))

    @cached_property
    def scenery_words(self) -> frozenset[str]:
        return frozenset(self.scenery.split())

    @cached_property
    def phrases(self) -> frozenset[tuple[str, str]]:
        """Pairs of words that stand beside each other in these texts: "forty shelves"."""
        return _pairs(_list_texts(self.request))

    @cached_property
    def remembered(self) -> frozenset[tuple[str, str]]:
        """The same of what is remembered, which was so in an earlier turn."""
        return _pairs(tuple(memory.text for memory in self.request.memories))

    @cached_property
    def action_words(self) -> frozenset[str]:
        return _stems((self.request.action,))

    @cached_property
    def belongings(self) -> frozenset[str]:
        """Stems of what the cat's things are called for short, and of all that its weapons are called."""
        carried = self.request.scene.state.character.inventory
        names = (item.name if item.kind == "weapon" else item.name.split()[-1] for item in carried)
        return _stems(names) - plain_words()

    @cached_property
    def carried(self) -> frozenset[str]:
        """Ids of the cat's things, of each and of its kind."""
        return frozenset(id for item in self.request.scene.state.character.inventory for id in (item.id, item.item))

    @cached_property
    def goods(self) -> frozenset[str]:
        """Ids of all that may change hands: what the cat carries, what lies here and what is for sale."""
        seen = self.request.briefing
        return self.carried | frozenset(each.id for each in (*seen.wares, *seen.finds))

    @cached_property
    def at_stake(self) -> str:
        """Texts of the turn's facts, in small letters: what they name may have changed."""
        return " | ".join(fact.text.casefold() for fact in self.facts)

    @cached_property
    def told_texts(self) -> tuple[str, ...]:
        """The words of each fact of the turn, with a space at both ends."""
        return tuple(f" {' '.join(written_out(fact.text))} " for fact in self.facts)

    @cached_property
    def conditions(self) -> dict[str, frozenset[str]]:
        """Names of conditions, in small letters, that the scene or the turn knows: the roles of those who have each."""
        state = self.request.scene.state
        foes = state.encounter.enemies if state.encounter else ()
        has: dict[str, set[str]] = {}
        for role, suffered in ((CAT, state.character.conditions), *((FOE, foe.conditions) for foe in foes)):
            for condition in suffered:
                has.setdefault(condition.name.casefold(), set()).add(role)
        for fact in self.facts:
            if name := fact.happening.parts.get("condition", "").casefold():
                has.setdefault(name, set()).update(_GIVES.get(fact.kind, ()))
        return {name: frozenset(roles) for name, roles in has.items()}

    @cached_property
    def own_words(self) -> dict[str, frozenset[str]]:
        """By fact: the stems of the rules' own words for it, names left out."""
        return {fact.id: _stems((fact.text,)) - _names_in(fact) for fact in self.facts}

    @cached_property
    def is_up(self) -> dict[str, bool]:
        """Whether each enemy of the running fight, by its id, is up."""
        fight = self.request.scene.state.encounter
        return {foe.id: foe.hp > 0 for foe in fight.enemies} if fight else {}

    @property
    def standing(self) -> int:
        """Enemies of the running fight that are up."""
        return sum(self.is_up.values())


def survey(request: ValidateAndRoute) -> StoryContext:
    """The surroundings of the turn that this request is about."""
    return StoryContext(request, number_facts(request.rounds))


def _list_named(request: ValidateAndRoute) -> Iterator[Named]:
    seen, state = request.briefing, request.scene.state
    foes = state.encounter.enemies if state.encounter else ()
    told = tell_apart(tuple(foes))
    yield from (Named(foe.id, told[foe.id], FOE) for foe in foes)
    yield from (Named(person.id, person.name, OTHER) for person in seen.npcs)
    if not _says_something(state.character.name):
        yield Named("character", state.character.name, CAT)
    yield from (Named(each.id, each.name, FOE) for each in (*seen.enemies, *seen.opponents))
    yield from (Named(each.id, each.name, steady=True, short=True) for each in seen.features)
    yield from (Named(each.id, each.name, short=True) for each in (*seen.finds, *seen.wares))
    yield from (Named(each.id, each.name) for each in seen.quests)
    yield from (Named(way.id, way.name, steady=True, way=True) for way in seen.exits)
    yield from (Named(way.to.id, way.to.name, place=True, steady=True, here=False, short=True) for way in seen.exits)
    yield Named(seen.place.id, seen.place.name, place=True, steady=True, short=True)
    if seen.shop:
        yield Named(seen.shop.id, seen.shop.name, steady=True)
    cat = state.character
    yield from (Named(item.id, item.name, short=True) for item in cat.inventory)
    yield from (Named(each.ability.id, each.ability.name) for each in cat.abilities)
    yield from (Named(quest.id, quest.name) for quest in state.quests)
    outcomes = (outcome for played in request.rounds for outcome in played.outcomes)
    mentioned = tuple(mention for outcome in outcomes for mention in outcome.mentions)
    known = {each.name for each in mentioned}
    fought = {fact.happening.parts.get("foe", "") for fact in number_facts(request.rounds)}
    yield from (
        Named(each.id, each.name, _role(each.name, (*told.values(), *fought)), short=True) for each in mentioned
    )
    yield from (Named("", name, _role(name, fought), here=False) for name in request.names if name not in known)


def _people(seen: Briefing) -> Iterator[str]:
    yield from (person.description for person in seen.npcs)
    yield from (thing.description for thing in seen.features)


def _says_something(name: str) -> bool:
    """Whether a name that a player chose has words of ours in it, and could tell what is not so."""
    return any(root(word) in plain_words() | hard_words() or tells_news(word) for word in written_out(name))


def _role(name: str, foes: Iterable[str]) -> str:
    return FOE if any(name.casefold() in foe.casefold() for foe in foes) else ""


def _forms(each: Named) -> Iterator[tuple[str, ...]]:
    """Its names. Of those who act the last word will do: "the bunny", "Bellows"; and their first."""
    whole = written_out(each.name)
    core = whole[1:] if whole[:1] == ("the",) and len(whole) > 1 else whole
    if not core:
        return
    yield core
    if each.way:
        own = core[: next((at for at, word in enumerate(core) if word in _LEADS), len(core))]
        yield own
        yield own[-1:]
    elif each.role == FOE:
        yield core[-1:]
        yield (_plural(core[-1]),)
        if core[0] in _ORDINALS:
            yield core[:1]
            yield (core[0], "one")
            yield (core[0], core[-1])
    elif each.short and len(core[-1]) >= _SHORTEST:
        yield core[-1:]
    elif each.role == OTHER and each.here and len(core) <= MOST_CLAIMED:
        yield core[-1:]
        yield core[:1]


def _plural(word: str) -> str:
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


def _pairs(texts: Iterable[str]) -> frozenset[tuple[str, str]]:
    return frozenset(pair for text in texts for pair in pairwise(written_out(text)))


def _list_texts(request: ValidateAndRoute) -> Iterator[str]:
    """Texts of the scene that can be read, the cat's own name left out: it is a player's word."""
    seen, state = request.briefing, request.scene.state
    yield from (seen.description, seen.district, seen.place.name)
    for person in seen.npcs:
        yield from (person.name, person.role, person.description, *(topic.name for topic in person.topics))
        if person.voice:
            yield from _lines(person.voice)
    for thing in (*seen.features, *seen.finds, *seen.enemies, *seen.opponents, *seen.quests, *seen.abilities):
        yield from (thing.name, thing.description)
    yield from (way.name for way in seen.exits)
    yield from (way.to.name for way in seen.exits)
    yield from (ware.name for ware in seen.wares)
    yield from (item.name for item in state.character.inventory)
    yield from (each.ability.name for each in state.character.abilities)
    yield from (each.ability.description for each in state.character.abilities)
    yield from (condition.name for condition in state.character.conditions)
    yield from (text for quest in state.quests for text in (quest.name, quest.text))
    if state.encounter:
        yield from (foe.name for foe in state.encounter.enemies)


def _lines(own: NpcVoice) -> tuple[str, ...]:
    """The lines that somebody has of their own."""
    return (own.greeting, own.again, own.unknown, own.farewell, *own.small_talk)


def _names_in(fact: TurnFact) -> frozenset[str]:
    """Stems of the names in a fact; a text among its parts is no name, and a condition has none but its own words."""
    parts = (part for name, part in fact.happening.parts.items() if name != "condition")
    return _stems(part for part in parts if part[:1].isupper() and len(part.split()) < LONG)


def _stems(texts: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*map(_stems_of, texts))


@lru_cache(maxsize=1_024)
def _stems_of(text: str) -> frozenset[str]:
    return frozenset(map(root, written_out(text)))
