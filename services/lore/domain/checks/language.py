"""The pack carries the language of its world: what players call things and do to them, and how people and places sound.

A thing needs three phrasings (its name and two more), none of which means two different things in one place. What a
quest says must be words that its goal is reached by. Voices and ambience hold no news.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from contracts.canon import Exit, Feature, Goal, Npc, Place
from services.lore.domain.briefing import LOOSE_CREDITS, find_aliases, way_aliases
from services.lore.domain.pack import Pack
from services.lore.domain.pack_fault import PackFault
from services.lore.domain.speech import speech
from services.lore.domain.visibility import Visibility, find_visible
from services.lore.domain.words import speaks_of

LEAST_PHRASINGS = 3
AMBIENCE = range(3, 6)
SMALL_TALK = range(2, 5)

VERBS = {
    "reach": ("go", "run", "climb", "follow", "enter"),
    "defeat": ("beat", "stop", "defeat", "fight", "drive off"),
    "hold": ("take", "find", "get", "fetch"),
    "talk": ("talk", "ask", "speak", "tell"),
    "use": ("try",),
    "deliver": ("bring", "give"),
    "learn": ("find out", "learn", "ask"),
}
"""Verbs that any game master understands, by kind of goal; a feature or an exit adds its own deeds."""

_FIGURES = re.compile(
    r"\d|\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty-\w+|twenty|thirty|forty|fifty|sixty"
    r"|seventy|eighty|ninety|hundred|thousand|million|dozen)s?\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(the|an?)\s+", re.IGNORECASE)

Named = tuple[str, str, str, str, tuple[str, ...]]
"""Kind and id of the entry in the pack, what of it is named, its name, and its aliases."""


def faults(pack: Pack) -> Iterator[PackFault]:
    for check in (_phrasings, _deeds, _places, _topics, _abilities, _hints, _voices, _ambience, _opening):
        yield from check(pack)


def phrase(text: str) -> str:
    """A name as it is compared: lower case, no article."""
    return _ARTICLE.sub("", " ".join(text.casefold().split()))


def _phrasings(pack: Pack) -> Iterator[PackFault]:
    for kind, id, what, name, aliases in _list_named(pack):
        ways = {phrase(name), *map(phrase, aliases)}
        if len(ways) < LEAST_PHRASINGS:
            wrong = f"{what} has {len(ways)} phrasings, {LEAST_PHRASINGS} are needed"
            yield PackFault(pack.file_of(kind, id), id, wrong, "add aliases: kind, role, adjective and noun")


def _list_named(pack: Pack) -> Iterator[Named]:
    for place in pack.places:
        yield "places", place.id, "the place", place.name, place.aliases
        yield from (("places", place.id, f"exit {e.id}", e.name, e.aliases) for e in place.exits)
        yield from (("places", place.id, f"feature {f.id}", f.name, f.aliases) for f in place.features)
        credits = [f for f in place.finds if f.item is None]
        yield from (("places", place.id, f"find {f.id}", LOOSE_CREDITS, f.aliases) for f in credits)
    for npc in pack.npcs:
        yield "npcs", npc.id, "the character", npc.name, npc.aliases
        yield from (("npcs", npc.id, f"topic {t.id}", t.name, t.aliases) for t in npc.topics)
    yield from (("enemies", e.id, "the enemy", e.name, e.aliases) for e in pack.enemies)
    yield from (("items", i.id, "the item", i.name, i.aliases) for i in pack.items)
    yield from (("quests", q.id, "the quest", q.name, q.aliases) for q in pack.quests)
    for class_ in pack.classes:
        yield from (("classes", class_.id, f"ability {a.id}", a.name, a.aliases) for a in class_.abilities)


def _deeds(pack: Pack) -> Iterator[PackFault]:
    for place in pack.places:
        things: tuple[Exit | Feature, ...] = (*place.exits, *place.features)
        for thing in things:
            if not thing.deeds:
                wrong = f"{thing.id} has no deeds"
                yield PackFault(pack.file_of("places", place.id), place.id, wrong, "say what one does to it")


def _places(pack: Pack) -> Iterator[PackFault]:
    for place in pack.places:
        file = pack.file_of("places", place.id)
        yield from _ambiguous(file, place.id, _in_scope(pack, place))
        offered = [q for q in pack.quests if q.giver in place.npcs]
        yield from _ambiguous(file, place.id, ((q.id, q.name, q.aliases) for q in offered))


def _in_scope(pack: Pack, place: Place) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Things that can be meant in a place, hidden ones included. Alike and therefore one: two ways to the same place,
    all loose credits, all enemies of a kind, and a thing that lies here and is sold here."""
    yield from ((f"a way to {e.to}", e.name, way_aliases(pack, e)) for e in place.exits)
    yield from ((f.id, f.name, f.aliases) for f in place.features)
    yield from ((id, pack.npc[id].name, pack.npc[id].aliases) for id in place.npcs)
    yield from ((s.enemy, pack.enemy[s.enemy].name, pack.enemy[s.enemy].aliases) for s in place.spawns)
    for find in place.finds:
        name = pack.item[find.item].name if find.item else LOOSE_CREDITS
        yield find.item or LOOSE_CREDITS, name, find_aliases(pack, find)
    shelf = [pack.item[line.item] for line in pack.shop[place.shop].stock] if place.shop else []
    yield from ((item.id, item.name, item.aliases) for item in shelf)


def _topics(pack: Pack) -> Iterator[PackFault]:
    for npc in pack.npcs:
        topics = ((t.id, t.name, t.aliases) for t in npc.topics)
        yield from _ambiguous(pack.file_of("npcs", npc.id), npc.id, topics)


def _abilities(pack: Pack) -> Iterator[PackFault]:
    for class_ in pack.classes:
        abilities = ((a.id, a.name, a.aliases) for a in class_.abilities)
        yield from _ambiguous(pack.file_of("classes", class_.id), class_.id, abilities)


def _ambiguous(file: str, id: str, things: Iterable[tuple[str, str, tuple[str, ...]]]) -> Iterator[PackFault]:
    meant: defaultdict[str, set[str]] = defaultdict(set)
    for thing, name, aliases in things:
        for each in (name, *aliases):
            meant[phrase(each)].add(thing)
    for each, several in sorted(meant.items()):
        if len(several) > 1:
            wrong = f"“{each}” may mean {' or '.join(sorted(several))}"
            yield PackFault(file, id, wrong, "leave the alias to one of them")


def _hints(pack: Pack) -> Iterator[PackFault]:
    """The text of a stage, said back, reaches its goal: it names the goal and a deed that leads to it."""
    public = find_visible(pack)
    for quest in pack.quests:
        file = pack.file_of("quests", quest.id)
        for stage in quest.stages:
            for id, called in _sought(pack, stage.goal, public):
                if not any(speaks_of(stage.text, each) for each in called):
                    wrong = f"the text of stage {stage.id} does not name {id}"
                    yield PackFault(file, quest.id, wrong, "use its name or one of its aliases")
            deeds = (*VERBS[stage.goal.kind], *_own_deeds(pack, stage.goal))
            if not any(speaks_of(stage.text, each) for each in deeds):
                wrong = f"the text of stage {stage.id} has no verb for its goal"
                yield PackFault(file, quest.id, wrong, f"use one of: {', '.join(deeds)}")


def _sought(pack: Pack, goal: Goal, public: Visibility) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Ids of what the goal is about and what each is called; not what hides behind a secret, nor secrets."""
    match goal.kind:
        case "reach" if goal.target in public.places:
            yield goal.target, _names_of(pack.place[goal.target])
        case "defeat" if goal.target in public.enemies:
            yield goal.target, _names_of(pack.enemy[goal.target])
        case "talk" if goal.target in public.npcs:
            yield goal.target, _names_of(pack.npc[goal.target])
        case "hold" | "deliver":
            yield goal.target, _names_of(pack.item[goal.target])
        case "use":
            open_ = (f for p in pack.places if p.id in public.places for f in p.features if public.shows(f))
            yield from ((f.id, _names_of(f)) for f in open_ if f.id == goal.target)
    if goal.to in public.npcs and goal.to is not None:
        yield goal.to, _names_of(pack.npc[goal.to])


def _names_of(thing: object) -> tuple[str, ...]:
    name, aliases = getattr(thing, "name"), getattr(thing, "aliases")  # noqa: B009
    return (phrase(name), *aliases)


def _own_deeds(pack: Pack, goal: Goal) -> tuple[str, ...]:
    if goal.kind == "use":
        return tuple(d for p in pack.places for f in p.features if f.id == goal.target for d in f.deeds)
    if goal.kind == "reach":
        return tuple(d for p in pack.places for e in p.exits if e.to == goal.target for d in e.deeds)
    return ()


def _voices(pack: Pack) -> Iterator[PackFault]:
    for npc in pack.npcs:
        for wrong, remedy in _faults_of_voice(npc):
            yield PackFault(pack.file_of("npcs", npc.id), npc.id, wrong, remedy)


def _faults_of_voice(npc: Npc) -> Iterator[tuple[str, str]]:
    if npc.voice is None:
        yield "has no voice", "give it manner, greeting, again, unknown, small_talk and farewell"
        return
    said = {name: getattr(npc.voice, name) for name in ("greeting", "again", "unknown", "farewell")}
    lines = {**said, **{f"small_talk {n}": line for n, line in enumerate(npc.voice.small_talk, 1)}}
    if not npc.voice.manner:
        yield "has a voice without manner", "say how they speak"
    if len(npc.voice.small_talk) not in SMALL_TALK:
        yield f"has {len(npc.voice.small_talk)} lines of small talk", f"write {_span(SMALL_TALK)}"
    for name, line in lines.items():
        if len(line) < 3 or line[0] != '"' or line[-1] != '"':
            yield f"{name} of its voice is not a line in quotation marks", "write what they say"
        if found := _FIGURES.search(line):
            yield f"{name} of its voice holds a figure: {found.group()}", "a voice tells no quantities"


def _ambience(pack: Pack) -> Iterator[PackFault]:
    everything = find_visible(pack, frozenset(pack.secret), pack.place)
    names = "|".join(re.escape(name) for name in speech(pack, everything)[0])
    speaks = re.compile(rf"(?<!\w)({names})(?!\w)", re.IGNORECASE)
    for place in pack.places:
        file = pack.file_of("places", place.id)
        if len(place.ambience) not in AMBIENCE:
            wrong = f"has {len(place.ambience)} sentences of ambience"
            yield PackFault(file, place.id, wrong, f"write {_span(AMBIENCE)}: light, sound, smell")
        for line in place.ambience:
            if found := speaks.search(line) or _FIGURES.search(line):
                wrong = f"ambience names {found.group()}"
                yield PackFault(file, place.id, wrong, "ambience holds no names and no figures")


def _span(numbers: range) -> str:
    return f"{numbers.start} to {numbers.stop - 1}"


def _opening(pack: Pack) -> Iterator[PackFault]:
    file, opening = pack.file_of("manifest", "manifest"), pack.manifest.opening
    if opening is None:
        yield PackFault(file, "manifest", "has no opening", "tell the place, somebody who speaks, a want and a choice")
        return
    here = pack.place[pack.manifest.start].npcs
    givers = [pack.npc[q.giver].name for q in pack.quests if not q.requires and q.giver in here]
    if not any(speaks_of(opening.text, name) for name in givers):
        remedy = f"let it name one of: {', '.join(givers)}" if givers else "let somebody at the start want something"
        yield PackFault(file, "manifest", "has an opening that names nobody who wants something", remedy)
