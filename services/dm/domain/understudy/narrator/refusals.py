"""Refusals: what was looked for, why it is not to be, and what is like it here."""

from __future__ import annotations

from collections.abc import Iterable

from contracts.dm import InvokeDungeonMaster
from services.dm.domain.reading import Impossible
from services.dm.domain.understudy.narrator.echo import echo
from services.dm.domain.understudy.narrator.grammar import Voice, join_names, sentence
from services.dm.domain.understudy.narrator.naming import call, names
from services.dm.domain.understudy.narrator.scenery import Sentences

MOST_NEAR = 3
_FIGHTING = frozenset(("defend", "flee"))


def refuse(refused: Impossible, request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """The answer to what is not possible."""
    fight = request.scene.state.encounter
    if refused.reason == "not-now" and fight:
        return (voice.says("refusals/in-a-fight"),)
    looked_for = _named(refused, request)
    if refused.deed and refused.deed.tool in _FIGHTING and not fight and refused.reason == "not-now":
        return (voice.says("refusals/no-fight"),)
    bare = not looked_for or refused.reason == "not-so"
    thing = looked_for if refused.reason in ("not-here", "not-carried") else _with_article(looked_for, request)
    why = voice.says(
        f"refusals/{refused.reason}{'-bare' if bare else ''}",
        thing=thing, credits=request.scene.state.character.credits,
    )  # fmt: skip
    return (why, *_instead(refused.near, looked_for, request, voice))


def refuse_ruling(message: str, legal: Iterable[str], request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """Why the rules, or the campaign, said no, and what they would take instead."""
    return (voice.says("refusals/no", why=sentence(message)), *_instead(legal, "", request, voice))


def _instead(near: Iterable[str], looked_for: str, request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    known = names(request)
    called = dict.fromkeys(call(id, request) for id in near if id in known and known[id] != looked_for)
    return (voice.says("refusals/instead", near=join_names(tuple(called)[:MOST_NEAR], "or")),) if called else ()


def _with_article(looked_for: str, request: InvokeDungeonMaster) -> str:
    known = {name: id for id, name in names(request).items()}
    return call(known[looked_for], request) if looked_for in known else f"the {looked_for}" if looked_for else ""


def _named(refused: Impossible, request: InvokeDungeonMaster) -> str:
    """What was looked for: by its name when it has one here, else in the player's words."""
    known = names(request)
    about = refused.deed.arguments.values() if refused.deed else ()
    spelt = {name.casefold().removeprefix("the "): name for name in (*request.names, *known.values())}
    if own := spelt.get(refused.looked_for.casefold().removeprefix("the ")):
        return own
    return echo(refused.looked_for, request) or next((known[id] for id in about if id in known), "")
