"""One intent through the rules: (call, scene, canon, seed) → outcome. Never raises on what a model says."""

from __future__ import annotations

from pydantic import ValidationError

from contracts.effects import ActionSpent
from contracts.lore import CanonSlice
from contracts.state import Scene
from contracts.tools import Outcome, Refusal, ToolCall
from services.tools.domain.dice import Roller
from services.tools.domain.intent import Intent
from services.tools.domain.registry import TOOLS
from services.tools.domain.ruling import make_refused, refuse
from services.tools.domain.surroundings import Surroundings
from services.tools.domain.tool import Tool
from services.tools.domain.turn_actions import takes_action, unaffordable


def execute(key: str, call: ToolCall, scene: Scene, canon: CanonSlice, seed: str) -> Outcome:
    """Returns the rules' outcome of `call`. The same arguments give the same outcome, byte for byte; `key` names its
    dice."""
    tool = TOOLS.get(call.name)
    if tool is None:
        return make_refused(key, call, _unknown_tool())
    intent = _read(tool, call)
    if isinstance(intent, Refusal):
        return make_refused(key, call, intent)
    if unpayable := unaffordable(tool.spends, scene, _free_tools()):
        return make_refused(key, call, unpayable)
    dice, here = Roller(seed, key), Surroundings(scene, canon)
    ruling = tool.play(intent, here, dice)
    if isinstance(ruling, Refusal):
        return make_refused(key, call, ruling, here.nameable)
    if takes_action(tool.spends, scene):
        ruling.effects.insert(0, ActionSpent())
    return ruling.outcome(key, call, dice.rolls)


def _read(tool: Tool, call: ToolCall) -> Intent | Refusal:
    try:
        return tool.intent.model_validate(call.arguments)
    except ValidationError as error:
        wrong = {str(fault["loc"][0]) for fault in error.errors() if fault["loc"]}
        known = ", ".join(sorted(wrong.intersection(tool.intent.model_fields))) or "something it does not know"
        rule = "An intent names things by id or word, as its schema says."
        return refuse("bad-arguments", rule, f"{tool.name} cannot be read: {known}.", tool.intent.model_fields)


def _unknown_tool() -> Refusal:
    return refuse("unknown-tool", "Only what the catalogue lists can be tried.", "There is no such tool.", TOOLS)


def _free_tools() -> tuple[str, ...]:
    return tuple(name for name, tool in TOOLS.items() if tool.spends in ("hand", "nothing"))
