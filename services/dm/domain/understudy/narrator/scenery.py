"""Scenery: a place, in full when it is new and by what matters when it was told already; and one thing in it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from contracts.dm import InvokeDungeonMaster
from contracts.lore import Briefing, Person, Thing
from contracts.state import Combatant
from services.dm.domain.english.sentences import split_sentences
from services.dm.domain.english.tokens import words
from services.dm.domain.ideas import HOSTILE
from services.dm.domain.understudy.narrator.grammar import Voice, are, bare, join_names, sentence, the
from services.dm.domain.understudy.narrator.naming import condition_of, count_foe, tell_foes

Sentences = tuple[str, ...]
FRIENDLY = 2
UNFRIENDLY = -1
MOST_WAYS = 5
ROOM = 95
"""Words of a place that is seen for the first time."""
_LEFT_OUT = ("shop", "finds", "things")


def describe_place(request: InvokeDungeonMaster, voice: Voice, without: Container[str] = ()) -> Sentences:
    """The place, and then everything in it that shows, `without` what is told besides. What was told lately is not told
    again."""
    seen = request.briefing
    return (_describe(seen, voice), *describe_contents(request, voice, without=without))


def describe_arrival(request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """The place one has just come to: all of it, or what there is to do in it when it was told before. In a fight, the
    opening of its description, or nothing when it was told before."""
    description = request.briefing.description
    if request.scene.state.encounter:
        return () if knows(request, voice) else (sentence(_opening(request.briefing)),)
    if knows(request, voice):
        return describe_contents(request, voice, brief=True)
    return (description, *_fitting(_contents(request, voice, False), ROOM - len(words(description))))


def _fitting(told: Iterable[tuple[str, str]], room: int) -> Sentences:
    """Sentences that there is room for beside a long description; what can be asked for any time is left out first."""
    kept = dict(told)
    for least in _LEFT_OUT:
        if sum(len(words(one)) for one in kept.values()) > room:
            kept.pop(least, None)
    return tuple(kept.values())


def knows(request: InvokeDungeonMaster, voice: Voice) -> bool:
    """Whether this place was told before: one of the last stories holds it, or places were found since."""
    return voice.remembers(_opening(request.briefing)) or has_been(request.briefing.place.id, request)


def has_been(place: str, request: InvokeDungeonMaster) -> bool:
    """Whether the cat has found another place since it found this one."""
    return place in [known.id for known in request.scene.state.places][:-1]


def where(seen: Briefing) -> str:
    """The place one is in: "Lost Property, Boxtown"."""
    return bare(seen.place.name) + (f", {seen.district}" if seen.district != seen.place.name else "")


def _describe(seen: Briefing, voice: Voice) -> str:
    if voice.remembers(_opening(seen)):
        return voice.says("look-again", place=bare(seen.place.name), where=where(seen))
    return voice.says("look", place=bare(seen.place.name), where=where(seen), description=seen.description)


def _opening(seen: Briefing) -> str:
    return next(split_sentences(seen.description), seen.description)


def describe_contents(
    request: InvokeDungeonMaster, voice: Voice, *, brief: bool = False, without: Container[str] = ()
) -> Sentences:
    """The people and things here, and where it goes on; all that is not `without`."""
    return tuple(told for about, told in _contents(request, voice, brief) if about not in without)


def _contents(request: InvokeDungeonMaster, voice: Voice, brief: bool) -> Iterator[tuple[str, str]]:
    """Sentences with what each is about."""
    seen, state = request.briefing, request.scene.state
    if not state.encounter and seen.enemies:
        enemies = tuple(count_foe(foe) for foe in seen.enemies)
        yield "enemies", voice.says("here-enemies", enemies=join_names(enemies), are=are(enemies))
    if seen.npcs:
        people = tuple(person.name if brief else f"{person.name}, {person.role}" for person in seen.npcs)
        yield "people", voice.says("here-people", people=_row(people), are="are" if len(people) > 1 else "is")
    things = tuple(the(thing.name) for thing in seen.features if thing.id not in state.used)
    if things:
        choice = join_names(things, "or")
        yield "things", voice.says("here-things", things=join_names(things), choice=choice, are=are(things))
    finds = tuple(the(thing.name) for thing in seen.finds)
    if finds:
        them = "them" if are(finds) == "are" else "it"
        yield "finds", voice.says("here-finds", finds=join_names(finds), are=are(finds), them=them)
    if seen.shop and trades(request):
        yield "shop", voice.says("here-shop", shop=bare(seen.shop.name))
    if seen.quests:
        offered = tuple(bare(quest.name) for quest in seen.quests)
        yield "work", voice.says("here-work", quests=join_names(offered, "or"))
    if not brief and (ways := ways_on(seen)):
        yield "ways", list_ways(ways, voice)


def list_ways(ways: tuple[str, ...], voice: Voice) -> str:
    """The ways on, in one sentence."""
    is_are = "are" if len(ways) > 1 else "is"
    return voice.says("here-ways", ways=join_names(ways), choice=join_names(ways, "or"), are=is_are)


def trades(request: InvokeDungeonMaster) -> bool:
    """Whether the shop here is sure to serve the cat, and has something to sell. Which of those present keeps it no
    briefing says, so that one who cannot stand the cat is enough for a doubt."""
    seen = request.briefing
    return any(ware.left for ware in seen.wares) and all(person.disposition > HOSTILE for person in seen.npcs)


def ways_on(seen: Briefing) -> tuple[str, ...]:
    """The places one can go on to, with the locks that one would meet."""
    ways = dict.fromkeys(bare(way.to.name) + (" (locked)" if way.locked else "") for way in seen.exits)
    return tuple(ways) if len(ways) <= MOST_WAYS + 1 else (*tuple(ways)[:MOST_WAYS], "further still")


def _row(people: tuple[str, ...]) -> str:
    """People with their roles need more than commas between them."""
    if any("," in person for person in people) and len(people) > 1:
        return f"{'; '.join(people[:-1])}; and {people[-1]}"
    return join_names(people)


def describe_thing(about: str, request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """The description of a thing at one look; nothing of what is nowhere."""
    seen, encounter = request.briefing, request.scene.state.encounter
    for enemy in encounter.enemies if encounter else ():
        if enemy.id == about:
            foe = tell_foes(encounter.enemies if encounter else ())[enemy.id]
            kind = next((kind for kind in seen.opponents if kind.id == enemy.enemy), None)
            own = (sentence(kind.description),) if kind and kind.description else ()
            return (*look_at(enemy, foe, voice), *own)
    for person in seen.npcs:
        if person.id == about:
            return _person(person, voice)
    things = (*seen.features, *seen.finds, *seen.enemies, *seen.quests)
    for thing in things:
        if thing.id == about:
            return _thing(thing, request, voice)
    return ()


def look_at(foe: Combatant, called: str, voice: Voice) -> Sentences:
    """The look of an enemy, once in a story."""
    if foe.id in voice.settled:
        return ()
    voice.settled.add(foe.id)
    return (voice.says("foe-looks", foe=called, state=condition_of(foe) if foe.hp else "down"),)


def _person(person: Person, voice: Voice) -> Sentences:
    told = voice.says("person", npc=person.name, role=person.role, description=person.description)
    topics = tuple(topic.name for topic in person.topics)
    about = (voice.says("topics", npc=person.name, topics=join_names(topics, "or")),) if topics else ()
    return (told, feels(person, voice), *about)


def feels(person: Person, voice: Voice) -> str:
    """The opinion that somebody has of the cat."""
    opinion = "likes-you" if person.disposition >= FRIENDLY else "neutral"
    return voice.says("dislikes-you" if person.disposition <= UNFRIENDLY else opinion, npc=person.name)


def _thing(thing: Thing, request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    seen = request.briefing
    name = bare(thing.name) if thing in seen.quests else count_foe(thing) if thing in seen.enemies else the(thing.name)
    told = voice.says("thing", thing=name, description=thing.description)
    voice.settled.add(thing.description)
    if thing in seen.finds:
        return (told, voice.says("thing-take", them="it" if are((name,)) == "is" else "them"))
    if thing.stats and thing.id not in request.scene.state.used:
        return (told, voice.says("thing-try", stats=join_names(thing.stats, "or")))
    return (told,)
