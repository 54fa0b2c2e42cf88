"""Points of goods and gain: whether one has a thing, where it is, what each is worth, what work pays, what sells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from services.dm.domain.english.stems import stems
from services.dm.domain.english.tokens import words
from services.dm.domain.reading.english.questions import question_words
from services.dm.domain.reading.english.wanted import kinds_wanted
from services.dm.domain.reading.looking import LOOKED_AT
from services.dm.domain.understudy.narrator import own
from services.dm.domain.understudy.narrator.goods import LABELS, good_for, list_pay
from services.dm.domain.understudy.narrator.grammar import are, bare, join_names, the
from services.dm.domain.understudy.narrator.inquiry import LISTS
from services.dm.domain.understudy.narrator.refusals import tell_absent
from services.dm.domain.understudy.narrator.scenery import describe_thing, trades

if TYPE_CHECKING:
    from collections.abc import Iterator

    from services.dm.domain.understudy.narrator.grammar import Voice
    from services.dm.domain.understudy.narrator.inquiry import Inquiry

_HAVING = re.compile(
    r"^(?:do|did|have|am|how many)\b.*\b(?:i|we)\b.*\b(?:have|got|own|carry|carrying|left|keep)\b|^how many \w+ left\b"
    r"|^(?:is there |are there )?any\b.*\bleft\b|\bi still have\b|^(?:got|have) (?:any|some)\b|^have (?:i|we)\b"
)
MOST_GOODS = 4
_BAGS = ("inventory", "does", "wares", "price", "examine", "abilities", "worn")
_EXISTS = re.compile(
    r"^\w+ there (?:(?:an?|any|some) )?(.+?)(?: (?:to|that|which|for|in|here|i|on|at|near|around)\b|$)"
)


def find_held(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """Whether a thing is carried, and how many of it; where it is not, whether it is here otherwise."""
    if not _HAVING.search(" ".join(asked.answer.asked)) or not asked.things:
        return
    named = {each.worth for each in asked.names("item", least=0.6)} | {asked.answer.about}
    held = [i for i in asked.cat.inventory if not named.isdisjoint((i.id, i.item))]
    many = {item.item: sum(other.quantity for other in held if other.item == item.item) for item in held}
    told = {i.item: f"{the(i.name)}{f' ({many[i.item]})' if many[i.item] > 1 else ''}, {good_for(i)}" for i in held}
    if told:
        number, things = sum(many.values()), "; ".join(told.values())
        yield voice.says("counted" if asked.has("many") else "held", many=number, things=things)
    elif asked.answer.subject in _BAGS:
        yield voice.says("not-held", what=asked.echo())
        yield from _show(asked, voice)


def _show(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The thing where it lies, or with its price where it is for sale."""
    near = asked.names("find", "feature") or asked.names("ware")
    tell = own.price if near and near[0].kind == "ware" else describe_thing
    here = (voice.says("where-here"),) if near and asked.has("where") and near[0].kind != "ware" else ()
    yield from (*here, *tell(near[0].worth, asked.request, voice)) if near else ()


def find_kind(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The things carried of the kind that is asked for."""
    kinds = kinds_wanted(asked.answer.asked)
    of = {i.name: i for i in asked.cat.inventory if i.kind in kinds or (i.use and i.use.heal and "heals" in kinds)}
    if kinds:
        things = "; ".join(f"{the(name)}, {good_for(item)}" for name, item in of.items())
        yield voice.says("of-kind", things=things) if of else voice.says("none-of-kind")


def compare(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """Things that are named beside each other, of one's own and for sale, each with what is known of it."""
    said = set(stems(" ".join(asked.things)))
    named = {i.name: i for i in asked.cat.inventory if stems(i.name)[-1:] and stems(i.name)[-1] in said}
    wares = {w.name: w for w in asked.request.briefing.wares if w.left and stems(w.name)[-1] in said}
    if len(named.keys() | wares.keys()) < 2:
        return
    if named:
        yield voice.says("of-kind", things="; ".join(f"{the(name)}, {good_for(item)}" for name, item in named.items()))
    for ware in (ware for name, ware in wares.items() if name not in named):
        kind = join_names(tuple(LABELS[each] for each in ware.kinds if each in LABELS))
        yield voice.says("ware-kind", item=the(ware.name), kind=f"{kind or 'a thing'}, for {ware.price} credits")


def find_gone(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The place of somebody who is not here."""
    gone = asked.names("away")
    if gone and not asked.names("person", "place"):
        yield from tell_absent(gone[0].name, asked.request, voice)


def find_place(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The place of a thing, as far as anybody told; of what went somewhere, the sentence that told of that."""
    if asked.has("gone") and (heard := asked.recall(asked.things)):
        yield voice.says("recalled", told=heard)
        return
    sought = ("key",) if asked.has("key") else asked.things
    if not asked.has("key") and LISTS["being"].isdisjoint(asked.answer.asked[1:2]):
        return
    if not sought or (not asked.has("key") and asked.names("way", "place", "away", "person", "foe", "spawn", "fallen")):
        return
    held = [item.name for item in asked.cat.inventory if set(sought) <= set(words(item.name))]
    held = held or ([] if asked.has("key") else [each.name for each in asked.names("item")])
    told = (voice.says("where-bag", things=join_names([*map(the, held)])),) if held else tuple(_show(asked, voice))
    yield from told or _tell_known(asked, sought, voice)


def _tell_known(asked: Inquiry, sought: tuple[str, ...], voice: Voice) -> Iterator[str]:
    """The place by a quest's word, the sentence that told of it, or plainly that nothing did."""
    if asked.has("key"):
        yield voice.says("key-none")
    shut = {words(way.name)[-1] for way in asked.request.briefing.exits if way.locked}
    for want in asked.request.briefing.wants:
        if want.target and want.at and not set(sought).isdisjoint(words(want.target.name)):
            yield voice.says("where-at", thing=the(want.target.name), place=bare(want.at.name))
            return
    told = asked.find_seen(sought) or asked.recall({*sought, *shut} if asked.things == ("key",) else asked.things)
    yield voice.says("recalled", told=told) if told else voice.says("where-unknown", what=asked.echo(sought))


def find_sight(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """Whether there is such a thing here, by what is seen."""
    found = _EXISTS.match(" ".join(asked.answer.asked))
    what = [word for word in found[1].split() if word in asked.things] if found else []
    if kinds_wanted(what) or not question_words().isdisjoint(what):
        return
    if found and what and not (asked.names(*LOOKED_AT) and asked.scope.vocabulary.intersection(stems(what[-1]))):
        told = asked.find_seen(what[-1:])
        yield voice.says("seen", told=told) if told else voice.says("not-seen", what=asked.echo(found[1].split()))


def price(asked: Inquiry, voice: Voice) -> Iterator[str]:
    yield from own.price(asked.answer.about, asked.request, voice) if asked.answer.about else ()


def find_loose(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """All that lies about to be taken."""
    lying = [the(find.name) for find in asked.request.briefing.finds]
    them = "them" if lying and are(lying) == "are" else "it"
    loose = {"finds": join_names(lying), "are": are(lying), "them": them} if lying else {}
    yield voice.says("here-finds", **loose) if lying else voice.says("nothing-loose")


def list_figures(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The bag with what each thing is put at and weighs; or the heaviest of it."""
    most = asked.has("heaviest")
    bag = sorted(asked.cat.inventory, key=lambda item: -item.weight) if most else asked.cat.inventory
    many = [f" ({item.quantity})" if item.quantity > 1 else "" for item in bag]
    told = [f"{the(i.name)}{n}, worth {i.price}, weight {i.weight}" for i, n in zip(bag, many, strict=True)]
    if told:
        yield voice.says("heaviest" if most else "list", things="; ".join(told[: 3 if most else None]))


def find_income(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """All that brings money here: work, what could be sold, what lies about."""
    lying = [the(find.name) for find in asked.request.briefing.finds if "credit" in find.name.casefold()]
    told = (*_tell_pay(asked, voice), *_tell_goods(asked, voice))
    if lying:
        told += (voice.says("here-finds", finds=join_names(lying), are=are(lying), them="them"),)
    yield from told or (voice.says("no-income"),)


def list_goods(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """Things of one's own that a counter here would buy; or that none would."""
    yield from tuple(_tell_goods(asked, voice)) or (voice.says("no-goods"),)


def _tell_goods(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The dearest things that are neither worn nor wanted by a quest, where somebody buys."""
    seen = asked.request.briefing
    kept = {want.target.id for want in seen.wants if want.target} | {*asked.cat.equipment.values()}
    sold = [i for i in asked.cat.inventory if i.price and i.kind != "key" and i.charges != 0]
    best = sorted((i for i in sold if kept.isdisjoint((i.id, i.item))), key=lambda item: -item.price)
    goods = [f"{the(i.name)} (put at {i.price})" for i in best[:MOST_GOODS]]
    if goods and seen.shop and trades(asked.request):
        yield voice.says("goods", shop=bare(seen.shop.name), things=join_names(goods, "or"))


def tell_pay(asked: Inquiry, voice: Voice) -> Iterator[str]:
    yield from tuple(_tell_pay(asked, voice, asked.answer.about)) or (voice.says("pay-unknown"),)


def _tell_pay(asked: Inquiry, voice: Voice, about: str | None = None) -> Iterator[str]:
    """The pay of the quest that is meant, or of each that runs or is on offer, the best first."""
    running = [quest for quest in asked.request.scene.state.quests if quest.status == "active"]
    names = {quest.id: quest.name for quest in running}
    names |= {quest.id: quest.name for quest in asked.request.briefing.quests}
    for each in sorted(asked.request.briefing.pays, key=lambda each: (-each.credits, -each.items, -each.xp)):
        if each.quest in ({about} if about in names else names) and (parts := list_pay(each)):
            yield voice.says("pays", quest=bare(names[each.quest]), pay=join_names(parts))


TELL = (
    price,
    find_kind,
    compare,
    find_loose,
    find_held,
    find_place,
    find_gone,
    find_sight,
    list_figures,
    find_income,
    list_goods,
    tell_pay,
)
