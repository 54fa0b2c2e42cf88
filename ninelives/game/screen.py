"""The terminal's view of the game: sheet, story, dice, trace. Renders values; asks and decides nothing."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from contracts.campaign import Sheet, StageTrace
from contracts.playerapi import Campaign, Turn, World
from contracts.state import Encounter
from contracts.tools import Roll
from ninelives.terminal import plain

OUTCOME_STYLE = {"critical": "bold green", "success": "green", "failure": "yellow", "fumble": "bold red", None: "dim"}


def bar(value: int, top: int, style: str, width: int = 12) -> Text:
    """`value` of `top` as a bar with the figures behind it."""
    full = round(width * value / top) if top else 0
    return Text.assemble(("█" * full, style), ("░" * (width - full), "dim"), f" {value}/{top}")


def sheet(view: Sheet) -> Panel:
    """The character sheet."""
    cat, derived = view.state.character, view.derived
    facts = Table.grid(padding=(0, 2))
    facts.add_row("Lives", Text("♥" * cat.lives, "red") + Text("♡" * (9 - cat.lives), "dim"))
    facts.add_row("HP", bar(cat.hp, cat.max_hp, "red"))
    facts.add_row("Energy", bar(cat.energy, cat.max_energy, "cyan"))
    facts.add_row("XP", f"{cat.xp}" + (f" / {derived.next_level_xp}" if derived.next_level_xp else ""))
    facts.add_row("Credits", f"₵{cat.credits}   Armour {derived.armour}")
    facts.add_row("Stats", "  ".join(f"{name} {value:+d}" for name, value in derived.stats.items()))
    if cat.conditions:
        facts.add_row("Conditions", ", ".join(f"{c.name} ({c.turns})" for c in cat.conditions))
    facts.add_row("Abilities", ", ".join(_ability(state) for state in cat.abilities) or "none")
    facts.add_row("Bag", _bag(view))
    for quest in view.state.quests:
        if quest.status == "active":
            facts.add_row("Quest", f"{quest.name}: {quest.text}")
    title = Text(f"{plain(cat.name)}, {cat.class_name}, level {cat.level} · {view.state.place.name}")
    return Panel(facts, title=title, border_style="magenta", expand=False)


def _ability(state: object) -> str:
    ready = getattr(state, "ready_in", 0)
    name: str = state.ability.name  # type: ignore[attr-defined]
    return f"{name} (in {ready})" if ready else name


def _bag(view: Sheet) -> str:
    worn = set(view.state.character.equipment.values())
    names = [
        f"{item.name}{f' ×{item.quantity}' if item.quantity > 1 else ''}{' (worn)' if item.id in worn else ''}"
        for item in view.state.character.inventory
    ]
    return ", ".join(names) or "empty"


def encounter(fight: Encounter) -> Panel:
    """A running fight."""
    lines = Table.grid(padding=(0, 2))
    lines.add_column(no_wrap=True)
    lines.add_column(no_wrap=True)
    for enemy in fight.enemies:
        lines.add_row(enemy.name, bar(enemy.hp, enemy.max_hp, "yellow"), ", ".join(c.name for c in enemy.conditions))
    return Panel(lines, title=f"Encounter, round {fight.round}", border_style="red", expand=False)


def roll(result: Roll, dealt: int | None = None) -> Text:
    """One roll with its modifiers, total and target; of damage, why what was dealt is another figure."""
    faces = " ".join(str(face) if face in result.kept else f"({face})" for face in result.faces)
    modifiers = "".join(f" {m.amount:+d} {m.name}" for m in result.modifiers)
    target = f" vs {result.target}" if result.target is not None else ""
    return Text.assemble(
        ("⚄ ", "bold"),
        f"{result.roller}: {result.purpose}  {result.count}d{result.sides} [{faces}]{modifiers} = ",
        (str(result.total), "bold"),
        target,
        (f"  {result.outcome}" if result.outcome else "", OUTCOME_STYLE[result.outcome]),
        _why_dealt(result.total, dealt),
    )


def _why_dealt(total: int, dealt: int | None) -> str:
    """A blow that hits does the least, what resists halves it, what is weak doubles it."""
    if dealt is None or dealt == total:
        return ""
    fell = max(1, total)
    least = ", at least 1" if fell != total else ""
    if dealt == fell:
        return least
    return f"{least}, doubled to {dealt}" if dealt > fell else f"{least}, halved to {dealt}"


def _damage_of(result: Roll, played: Turn) -> int | None:
    """The damage that was done by a roll for it."""
    if result.purpose != "damage":
        return None
    step = result.key.rpartition("/")[0]
    return next((e.detail["amount"] for e in played.effects if (e.kind, e.call) == ("damaged", step)), None)


def trace(stages: tuple[StageTrace, ...]) -> Table:
    """The steps of the workflow for this turn."""
    table = Table(title="Behind the curtain", title_style="dim", box=None, padding=(0, 2))
    for column in ("stage", "attempts", "ms", "error"):
        table.add_column(column, justify="right" if column in ("attempts", "ms") else "left", style="dim")
    for stage in stages:
        table.add_row(stage.stage, str(stage.attempts), str(stage.milliseconds), stage.error or "")
    return table


def stages(played: Turn) -> Text:
    """The same in a line: stage and milliseconds, with the attempts where one was not enough."""
    line = Text("⚙ ", "dim")
    for number, stage in enumerate(played.trace):
        again = f" ×{stage.attempts}" if stage.attempts > 1 else ""
        line.append(f"{' · ' if number else ''}{stage.stage} {stage.milliseconds}", "dim")
        line.append(f"{again}{f' {stage.error}' if stage.error else ''}", "yellow")
    return line.append(f"  (ms)  {cost(played)}", "dim")


def standing(view: Sheet) -> Text:
    """The state of the cat, in a line."""
    cat = view.state.character
    line = Text.assemble(("♥" * cat.lives, "red"), ("♡" * (9 - cat.lives), "dim"), "  ", bar(cat.hp, cat.max_hp, "red"))
    line.append(f"  energy {cat.energy}/{cat.max_energy}  ₵{cat.credits}  level {cat.level}  {view.state.place.name}")
    if cat.conditions:
        line.append(f"  {', '.join(condition.name for condition in cat.conditions)}", "yellow")
    return line


def turn(played: Turn, with_trace: bool = True) -> RenderableType:
    """A finished turn: the story, the dice, what changed, what could be done next."""
    if played.status == "failed":
        detail = played.problem.detail if played.problem else "The turn could not be played."
        return Panel(f"{detail}\nNothing changed; you can act again.", title="The city flickers", border_style="red")
    parts: list[RenderableType] = [Rule(f"Turn {played.number}", style="magenta"), Text(played.narrative or "")]
    parts += [roll(result, _damage_of(result, played)) for result in played.rolls]
    parts += [Text(f"✗ {r.tool}: {r.refusal.message}", "yellow") for r in played.refusals]
    if played.campaign and played.campaign.state.encounter:
        parts.append(encounter(played.campaign.state.encounter))
    parts.append(Text(teller(played), "dim"))
    if played.notice:
        parts.append(Text(played.notice.text, "yellow"))
    if with_trace:
        parts.append(stages(played))
    if played.campaign:
        parts.append(standing(played.campaign))
    parts += [Text(f"  {n}. {action}", "cyan") for n, action in enumerate(played.suggested_actions, 1)]
    return Group(*parts)


def teller(played: Turn) -> str:
    """That a machine wrote the story, and which."""
    if played.told_by != "model":
        return "written by a program, the understudy"
    return f"written by AI: {played.usage.model if played.usage and played.usage.model else 'a language model'}"


def opening(campaign: Campaign) -> RenderableType:
    """The beginning of the story, and what could be done first."""
    ideas = [Text(f"  {n}. {action}", "cyan") for n, action in enumerate(campaign.suggested_actions, 1)]
    return Group(Text(campaign.opening or ""), *ideas)


def cost(played: Turn) -> str:
    """The teller of the turn and what it consumed, in one line."""
    usage = played.usage
    if usage is None or not usage.calls:
        return f"told by the {played.told_by}"
    tokens = f"{usage.input_tokens}+{usage.cache_read_tokens} cached in, {usage.output_tokens} out"
    return f"told by the {played.told_by} · {usage.calls} model calls · {tokens} · ${usage.micro_dollars / 1e6:.4f}"


def classes(world: World) -> Table:
    """The ways to be a cat."""
    table = Table.grid(padding=(0, 2, 1, 0))
    table.title = f"{world.name}: who are you?"
    for number, cat in enumerate(world.classes, 1):
        stats = "  ".join(f"{name} {value:+d}" for name, value in cat.stats.items())
        abilities = ", ".join(ability.name for ability in cat.abilities)
        told = Text.assemble(
            (cat.name, "bold magenta"), f"  {cat.hp} hp  {stats}\n", (cat.description, "italic"), f"\n{abilities}"
        )
        table.add_row(str(number), told)
    return table
