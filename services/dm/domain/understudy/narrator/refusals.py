"""Refusals: what was looked for, why it is not to be, and what is like it here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from contracts.canon import EntityRef
from contracts.dm import InvokeDungeonMaster
from contracts.state import AbilityState, Combatant
from services.dm.domain.english.stems import stems
from services.dm.domain.english.tokens import words
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.readiness import find_hindrance
from services.dm.domain.reading import Impossible
from services.dm.domain.understudy.narrator.around import way
from services.dm.domain.understudy.narrator.claims import answer_claim
from services.dm.domain.understudy.narrator.echo import echo
from services.dm.domain.understudy.narrator.goods import RESTED, turns
from services.dm.domain.understudy.narrator.grammar import Voice, bare
from services.dm.domain.understudy.narrator.naming import call, names
from services.dm.domain.understudy.narrator.own import level
from services.dm.domain.understudy.narrator.own_deed import tell_back
from services.dm.domain.understudy.narrator.phrasebook import PHRASES
from services.dm.domain.understudy.narrator.rulings import suggest_instead
from services.dm.domain.understudy.narrator.scenery import Sentences

_BY_DEED = {
    ("already", "equip"): "worn-already",
    ("already", "unlock"): "open-already",
    ("already", "attack"): "fallen-already",
    ("already", "persuade"): "won-already",
    ("already", "use_item"): "empty",
    ("cannot", "drop"): "kept",
    ("not-here", "use_ability"): "no-target",
    ("not-here", "use_item"): "no-target",
    ("not-now", "defend"): "no-fight",
    ("not-now", "flee"): "no-fight",
    ("not-now", "rest"): "not-tired",
    ("not-now", "use_ability"): "needs-fight",
    ("not-now", "use_item"): "no-need",
}
_NOTHING = word_set("all anything everything it me myself nothing something that them this")
"""Words that look for nothing in particular."""
_PLAIN = frozenset(("in-a-fight", "no-fight", "not-tired"))


def refuse(refused: Impossible, request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """The answer to what is not possible."""
    looked_for = _name_sought(refused, request)
    reason = _reason(refused, request)
    if refused.reason == "not-now" and (refused.looked_for == "level" or _tool(refused) == "level_up"):
        return level(request, voice)
    if reason == "not-here" and (place := _elsewhere(looked_for, request)):
        if place == request.briefing.place.id or any(place == way.to.id for way in request.briefing.exits):
            return way(place, request, voice)
        return (voice.says("refusals/not-next", thing=bare(looked_for)), *way(place, request, voice))
    if reason == "not-here" and (told := tell_absent(looked_for, request, voice)):
        return told
    if reason in _PLAIN:
        return (voice.says(f"refusals/{reason}"),)
    if reason == "not-so":
        return answer_claim(refused.said, "refusals/not-so", request, voice)
    known = looked_for in {*request.names, *names(request).values()}
    thing = _with_article(looked_for, request)
    deed = "" if known and reason == "not-here" else _tell_deed(refused, request)
    if reason == "not-here" and not known and (_names_thing(deed, request) or _is_in_sight(looked_for, request)):
        reason = "cannot"  # it is here, and not for that
    if deed and f"refusals/{reason}-deed" in PHRASES:
        why = voice.says(f"refusals/{reason}-deed", deed=deed)
        return (why, *suggest_instead(_alike(refused, request), looked_for, request, voice))
    unknown = not looked_for or (reason == "cannot" and not known)
    kind = "-bare" if unknown else "-named" if known and reason == "not-here" else ""
    kind = kind if f"refusals/{reason}{kind}" in PHRASES else ""
    why = voice.says(
        f"refusals/{reason}{kind}",
        word=looked_for,
        any=thing if known else f"any {looked_for}",
        thing=thing,
        credits=request.scene.state.character.credits,
        rest=turns(_rest(request)),
        **_figures(refused, request),
    )
    return (why, *suggest_instead(refused.near, looked_for, request, voice))


def _tell_deed(refused: Impossible, request: InvokeDungeonMaster) -> str:
    return tell_back(refused.said[0], request) if refused.said else ""


def _names_thing(deed: str, request: InvokeDungeonMaster) -> bool:
    """Whether a deed names something that is here or carried."""
    return any(name.casefold() in deed.casefold() for name in names(request).values())


def _is_in_sight(looked_for: str, request: InvokeDungeonMaster) -> bool:
    """Whether a description of this place speaks of it: "the cushions"."""
    seen = request.briefing
    told = (seen.description, *seen.ambience, *(thing.description for thing in (*seen.features, *seen.finds)))
    sought = frozenset(stems(looked_for))
    return bool(sought) and any(sought.issubset(stems(text)) for text in told)


def _alike(refused: Impossible, request: InvokeDungeonMaster) -> Iterator[str]:
    """The ids of what is like it here; where a thing is not made for a deed, only of what shares a word with it."""
    said, known = frozenset(words(" ".join(refused.said))), names(request)
    return (id for id in refused.near if refused.reason != "cannot" or said & frozenset(words(known.get(id, ""))))


def _reason(refused: Impossible, request: InvokeDungeonMaster) -> str:
    """The reason, as exactly as the deed that was meant tells."""
    fight, tool = request.scene.state.encounter, _tool(refused)
    if refused.reason == "not-now" and fight and tool not in ("use_ability", "use_item"):
        return "in-a-fight"
    known = _ability(refused, request) if refused.reason == "not-now" else None
    hindrance = find_hindrance(known, request.scene.state.character.energy) if known else None
    if hindrance:
        return hindrance
    return _of_trade(refused, request) or _of_rest(refused, request) or _of_thing(refused, request)


def _of_trade(refused: Impossible, request: InvokeDungeonMaster) -> str:
    """The reason why a thing cannot be bought or sold, where it is not that nobody has it."""
    if refused.reason != "not-sold":
        return ""
    if _tool(refused) == "sell" and request.briefing.shop and _name_sought(refused, request):
        return "unsellable"
    sought = refused.deed.arguments.get("item") if refused.deed else None
    names_it = (sought, _name_sought(refused, request))
    gone = any(ware.id in names_it or ware.name in names_it for ware in request.briefing.wares if not ware.left)
    return "sold-out" if gone else ""


def _of_rest(refused: Impossible, request: InvokeDungeonMaster) -> str:
    """The reason why somebody cannot sleep who is tired, and was asleep lately."""
    cat = request.scene.state.character
    drained = any(known.charges is not None and known.charges < (known.ability.charges or 0) for known in cat.abilities)
    tired = drained or cat.hp < cat.max_hp or cat.energy < cat.max_energy
    return RESTED if (refused.reason, _tool(refused)) == ("not-now", "rest") and tired and _rest(request) else ""


def _rest(request: InvokeDungeonMaster) -> int:
    """The turns for which the cat cannot rest again."""
    return next((each.turns for each in request.scene.state.character.conditions if each.id == RESTED), 0)


def _of_thing(refused: Impossible, request: InvokeDungeonMaster) -> str:
    """The reason by the deed that was meant, and by what it was to be done with."""
    reason = _BY_DEED.get((refused.reason, _tool(refused)), refused.reason)
    name, seen = _name_sought(refused, request), request.briefing
    people: tuple[EntityRef, ...] = (*seen.npcs, *seen.enemies)
    if reason == "cannot" and name in (*(one.name for one in people), *(foe.name for foe in _foes(request))):
        return "cannot-who"
    if reason in ("already", "not-carried") and (carried := _find_named(name, request)):
        return "worn-already" if carried in request.scene.state.character.equipment.values() else "carried-already"
    if reason == "already" and (quest := next((q for q in request.scene.state.quests if q.name == name), None)):
        return "taken-on-already" if quest.status == "active" else "done-already"
    here = {*names(request).values(), *(kind.name for kind in seen.opponents)}
    if reason == "not-here" and name in here:
        return "here-but"
    return reason


def _foes(request: InvokeDungeonMaster) -> Sequence[Combatant]:
    return request.scene.state.encounter.enemies if request.scene.state.encounter else ()


def _find_named(name: str, request: InvokeDungeonMaster) -> str:
    """The id of the thing of this name that the cat has on or with it."""
    return next((item.id for item in request.scene.state.character.inventory if item.name == name), "")


def _ability(refused: Impossible, request: InvokeDungeonMaster) -> AbilityState | None:
    """The cat's ability that was to be used, as it is now."""
    meant = refused.deed.arguments.get("ability") if refused.deed and refused.deed.tool == "use_ability" else None
    return next((known for known in request.scene.state.character.abilities if known.ability.id == meant), None)


def _figures(refused: Impossible, request: InvokeDungeonMaster) -> Mapping[str, str]:
    """Figures of an ability that cannot be used yet."""
    if not (known := _ability(refused, request)):
        return {}
    energy = request.scene.state.character.energy
    return {"turns": turns(known.ready_in), "cost": str(known.ability.cost), "energy": str(energy)}


def _elsewhere(name: str, request: InvokeDungeonMaster) -> str | None:
    """The id of a place on the cat's own map that is not next door."""
    places = request.scene.state.places
    beyond = {way.name: way.id for place in places for way in place.exits}
    return {**beyond, **{place.name: place.id for place in places}}.get(name)


def tell_absent(name: str, request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """The place of somebody who is not here, and the way there; nothing of others."""
    gone = next((one for one in request.briefing.elsewhere if one.name == name), None)
    if gone is None:
        return ()
    return (voice.says("refusals/elsewhere", npc=gone.name, place=bare(gone.at.name)), *way(gone.at.id, request, voice))


def _tool(refused: Impossible) -> str:
    return refused.deed.tool if refused.deed else ""


def _with_article(looked_for: str, request: InvokeDungeonMaster) -> str:
    here = {name: id for id, name in names(request).items()}
    if looked_for in here:
        return call(here[looked_for], request)
    return bare(looked_for) if looked_for in request.names or not looked_for else f"the {looked_for}"


def _name_sought(refused: Impossible, request: InvokeDungeonMaster) -> str:
    """The thing looked for: by its name when it has one here, else in the player's words."""
    known = names(request)
    about = refused.deed.arguments.values() if refused.deed else ()
    if refused.looked_for in _NOTHING:
        return next((known[id] for id in about if id in known), "")
    spelt = {name.casefold().removeprefix("the "): name for name in (*request.names, *known.values())}
    if own := spelt.get(refused.looked_for.casefold().removeprefix("the ")):
        return own
    return echo(refused.looked_for, request) or next((known[id] for id in about if id in known), "")
