"""Points of a scene: what is dearest and what one can pay, who would know, what a figure is good for, why it is so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.dm.domain.english.stems import stems
from services.dm.domain.english.tokens import words
from services.dm.domain.reading import Deed, objection, phrase, read
from services.dm.domain.reading.english.wanted import kinds_wanted
from services.dm.domain.reading.looking import LOOKED_AT
from services.dm.domain.reading.people import last_spoken_with
from services.dm.domain.understudy.narrator import around, needs, own, play
from services.dm.domain.understudy.narrator.goods import effects_of, turns
from services.dm.domain.understudy.narrator.grammar import bare, join_names, the
from services.dm.domain.understudy.narrator.inquiry import LISTS
from services.dm.domain.understudy.narrator.memory import quote
from services.dm.domain.understudy.narrator.scenery import describe_thing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contracts.canon import Affliction, Condition
    from contracts.lore import Ware
    from services.dm.domain.understudy.narrator.grammar import Voice
    from services.dm.domain.understudy.narrator.inquiry import Inquiry

MOST_WARES = 5
MOST_OF_AN_ADJECTIVE = 4
"""Letters of a short word in -ed, such as "red", that is no verb."""


def find_extreme(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The cheapest ware, or the dearest, of the kind that is asked for."""
    if wares := _wares_of_kind(asked):
        cheapest = asked.has("cheapest")
        best = (min if cheapest else max)(wares, key=lambda ware: ware.price)
        yield voice.says("cheapest" if cheapest else "dearest", item=the(best.name), price=best.price)
        yield _weigh(best.price, asked, voice)


def tell_affordable(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """Whether the purse bears what is named; or all that it does bear."""
    named = _wares_by_name(asked)
    total = sum(ware.price for ware in named)
    if named:
        things = join_names(tuple(f"{the(ware.name)} for {ware.price} credits" for ware in named))
        single, several = (
            ("affords", "affords-all") if total <= asked.cat.credits else ("affords-not", "affords-not-all")
        )
        section = single if len(named) == 1 else several
        yield voice.says(section, things=things, total=total, credits=asked.cat.credits)
        return
    within = [ware for ware in _wares_of_kind(asked) if ware.price <= asked.cat.credits]
    things = join_names(tuple(f"{ware.name} for {ware.price} credits" for ware in within[:MOST_WARES]), "or")
    if within:
        yield voice.says("within", credits=asked.cat.credits, things=things)
    elif asked.request.briefing.wares:
        yield voice.says("within-nothing", credits=asked.cat.credits)


def count_rest(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The credits that are left after a purchase."""
    named = _wares_by_name(asked)
    total = sum(ware.price for ware in named)
    if named and total <= asked.cat.credits:
        things = join_names(tuple(the(ware.name) for ware in named))
        yield voice.says("rest", things=things, total=total, left=asked.cat.credits - total)
    elif named:
        yield from tell_affordable(asked, voice)


def judge_thing(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The use of the thing or the ability that is named, or what is seen of it."""
    if named := asked.names("item", "ware", "find", "feature", "ability"):
        best = named[0]
        tell = {"ability": own.ability, "item": own.does, "ware": own.does}.get(best.kind, describe_thing)
        yield from tell(best.worth, asked.request, voice)


def find_ware_kind(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The wares of the kind that is asked for, or that there are none."""
    if kinds_wanted(asked.answer.asked) and asked.request.briefing.shop:
        yield from around.wares(asked.request, voice)


def tell_stat(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The figure of each stat that is named, and what goes by it: things, abilities, what can be tried here."""
    figures = asked.request.scene.derived.stats
    called = {word for thing in asked.names("item", "ware", "find") for word in words(thing.name)}
    for stat in (each for each in figures if each in asked.answer.asked and each not in called):
        by = [the(item.name) for item in asked.cat.inventory if item.damage and item.stat == stat]
        by += [each.ability.name for each in asked.cat.abilities if each.ability.strike and each.ability.stat == stat]
        tried = [the(thing.name) for thing in asked.request.briefing.features if stat in thing.stats]
        yield voice.says("stat", stat=stat, figure=f"{figures[stat]:+d}")
        yield from (voice.says("stat-strikes", stat=stat, things=join_names(tuple(dict.fromkeys(by)))),) if by else ()
        yield from (voice.says("stat-tried", stat=stat, things=join_names(tried, "or")),) if tried else ()


def tell_condition(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The effects of a condition that is named, whether one has it or could give it."""
    known = {each.id: each for each in (*asked.cat.conditions, *_conditions_to_give(asked))}
    for each in known.values():
        if set(stems(each.name)) <= set(stems(" ".join(asked.answer.asked))):
            told = {"condition": each.name.lower(), "turns": turns(each.turns), "felt": effects_of(each)}
            yield voice.says("condition-does", **told)


def tell_growth(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The choices that a level left open, and all that may grow by one."""
    stats = [stat for stat in asked.request.scene.derived.stats if _may_grow(asked, stat=stat)]
    known = [each.ability for each in asked.cat.abilities if _may_grow(asked, ability=each.ability.id)]
    if not asked.cat.choices or not (stats or known):
        return
    yield voice.says("choices", many=asked.cat.choices)
    yield voice.says("may-grow", things=join_names((*stats, *(each.name for each in known)), "or"))


def tell_healing(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """All that mends: things in the bag, abilities, sleep."""
    yield from needs.tell_mending(asked.request, voice)
    yield from (
        own.ability(each.ability.id, asked.request, voice)[0] for each in asked.cat.abilities if each.ability.heal
    )
    yield needs.tell_sleep(asked.request, voice)


def tell_partner(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The one who was spoken with last."""
    person = last_spoken_with(asked.scope)
    if person:
        yield voice.says("partner", npc=person.thing.name, role=person.thing.role)


def tell_knowledge(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """People who would speak of what is asked, and what else somebody would speak of who would not."""
    said = asked.answer.asked
    named = {each.id for each in asked.names("person", least=0.5)}
    before = next((each for each in ("about", "know", "knows", "of") if each in said), said[0])
    sought = set(stems(" ".join(said[said.index(before) + 1 :])))
    would = [
        (person, topic.name)
        for person in asked.request.briefing.npcs
        for topic in person.topics
        if sought.intersection(stems(" ".join((topic.name, *topic.aliases))))
    ]
    meant = [each for each in would if each[0].id in named]
    for person in asked.request.briefing.npcs:
        if person.id in named and not meant:
            yield voice.says("knows-not", npc=person.name)
            yield from () if would else around.topics(person.id, asked.request, voice)
    yield from (voice.says("would-tell", npc=person.name, topic=topic) for person, topic in meant or would)


def tell_wish(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The work that somebody here has to give, or that nothing is known of their wishes, and their topics."""
    for person in asked.names("person"):
        offered = tuple(bare(quest.name) for quest in asked.request.briefing.quests)
        if offered and len(asked.request.briefing.npcs) == 1:
            yield voice.says("here-work", quests=join_names(offered, "or"))
        else:
            yield voice.says("wish-unknown", npc=person.name)
        yield from around.topics(person.id, asked.request, voice)
        return


def tell_reason(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """That nobody told why; and what is seen of whoever or whatever it is about."""
    if told := asked.find_seen(asked.things):
        yield voice.says("seen", told=told)
        return
    yield voice.says("reason")
    named = asked.names(*LOOKED_AT)
    foes = asked.scope.of("foe")
    about = named[:1] or (foes[:1] if asked.has("it") else ())
    for each in about:
        yield from describe_thing(each.worth, asked.request, voice)


def tell_doer(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The one who did it, as far as a story told: nothing else says who did a thing."""
    verb = next(iter(asked.answer.asked[1:]), "")
    if verb in LISTS["past-deeds"] or (verb.endswith("ed") and len(verb) > MOST_OF_AN_ADJECTIVE):
        told = asked.recall(asked.things, min(2, len(asked.things))) if asked.things else ""
        yield voice.says("recalled", told=told) if told else voice.says("doer-unknown")


def tell_beyond(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The thing that is named behind, under or above another; or that it cannot be seen from here."""
    if named := asked.names("feature", "find", "way"):
        yield from describe_thing(named[0].worth, asked.request, voice) or around.way(
            named[0].worth, asked.request, voice
        )
    elif told := asked.find_seen(asked.things):
        yield voice.says("seen", told=told)
    else:
        yield voice.says("out-of-sight")


def tell_past(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The sentence that told how something came about; or that none did."""
    told = asked.recall(asked.things, 2) if len(asked.things) > 1 else ""
    yield voice.says("recalled", told=told) if told else voice.says("unsettled")


def tell_lock(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The ways that are locked here, and what is to be done next."""
    shut = [way for way in asked.request.briefing.exits if way.locked]
    named = {each.id for each in asked.names("way")}
    for way in [each for each in shut if each.id in named] or shut:
        yield from around.way(way.id, asked.request, voice)
    yield from play.next_step(asked.request, voice) if shut else ()


def list_work(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The work that is on offer here, and what one is at."""
    yield from play.quests(asked.request, voice)


def find_least(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The least that a thing of the kind that is asked for costs here."""
    kinds = kinds_wanted(asked.answer.asked)
    fitting = [ware for ware in asked.request.briefing.wares if ware.left and kinds.intersection(ware.kinds)]
    if fitting:
        best = min(fitting, key=lambda ware: ware.price)
        yield voice.says("cheapest", item=the(best.name), price=best.price)
        yield _weigh(best.price, asked, voice)


def tell_outcome(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The effect of using what is named; else that nothing known settles it."""
    yield from tuple(judge_thing(asked, voice)) or (voice.says("unsettled"),)


def tell_how(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The words that do it, where the rules would not object; or what a quest says of it."""
    request, rest = asked.request, " ".join(asked.answer.asked).partition(" i ")[2]
    meant = read(rest, request.scene, request.briefing, request.history)[0].meaning if rest else None
    if isinstance(meant, Deed) and meant.tool not in ("talk", "search") and not objection(meant, asked.scope):
        yield voice.says("how", deed=quote(phrase(meant, asked.scope)))
    elif told := asked.find_seen(asked.things):
        yield voice.says("seen", told=told)


def tell_ways(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The ways on from here, or the one that is named."""
    named = asked.names("way", "place")
    told = around.way(named[0].worth, asked.request, voice) if named else around.exits(asked.request, voice)
    yield from told


def tell_plan(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The next step of the quests under way."""
    yield from play.next_step(asked.request, voice)


def count_quests(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The number of quests under way, and their names."""
    running = [quest for quest in asked.request.scene.state.quests if quest.status == "active"]
    if running:
        names = join_names(tuple(bare(quest.name) for quest in running))
        yield voice.says("quest-count", many=len(running), quests=names)


def _wares_of_kind(asked: Inquiry) -> list[Ware]:
    """The wares that are left, of the kind that is asked for if there are such."""
    left = [ware for ware in asked.request.briefing.wares if ware.left]
    kinds = kinds_wanted(asked.answer.asked)
    return [ware for ware in left if kinds.intersection(ware.kinds)] or left


def _wares_by_name(asked: Inquiry) -> list[Ware]:
    """Each ware whose name ends in a word that is said; or the one that is named otherwise."""
    left, said = [ware for ware in asked.request.briefing.wares if ware.left], set(stems(" ".join(asked.things)))
    by_name = [ware for ware in left if stems(ware.name)[-1] in said]
    named = {each.worth for each in asked.names("ware")}
    return by_name or [ware for ware in left if ware.id in named]


def _weigh(price: int, asked: Inquiry, voice: Voice) -> str:
    """Whether the purse bears a price."""
    return voice.says("price-can" if price <= asked.cat.credits else "price-cannot", credits=asked.cat.credits)


def _conditions_to_give(asked: Inquiry) -> Iterator[Condition]:
    """Conditions that the cat's abilities and things give."""
    for known in asked.cat.abilities:
        yield from _conditions(known.ability.condition, known.ability.afflicts)
    for item in asked.cat.inventory:
        if item.use:
            yield from _conditions(item.use.condition, item.use.afflicts)


def _conditions(own: Condition | None, struck: Affliction | None) -> Iterator[Condition]:
    yield from (own,) if own else ()
    yield from (struck.condition,) if struck else ()


def _may_grow(asked: Inquiry, stat: str | None = None, ability: str | None = None) -> bool:
    return not objection(Deed("level_up", {"stat": stat, "ability": ability}), asked.scope)


TELL = (
    *(
        find_ware_kind,
        find_extreme,
        tell_affordable,
        count_rest,
        judge_thing,
        tell_stat,
        tell_condition,
        tell_growth,
        tell_healing,
    ),
    *(tell_partner, tell_knowledge, tell_wish, tell_reason, tell_ways, tell_plan, count_quests),
    *(tell_doer, tell_beyond, tell_outcome, tell_how, tell_past, tell_lock, list_work, find_least),
)
