"""`ninelives play` and `ninelives demo`: the game in a terminal, through the same API as any other client."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.prompt import Prompt

from infra.environment import LOCAL
from infra.errors import UserError
from infra.local.running import running_cloud
from ninelives.cli.where import EnvironmentOption

if TYPE_CHECKING:
    from contracts.playerapi import Campaign, Problem, Turn, World
    from ninelives.game.client import Player

console = Console(highlight=False, emoji=False)
NAME = "#/character/name"
HELP = "Type what your cat does, or a number. /sheet · /trace · /report · /help · /quit (the campaign stays)."


def play(
    player: Annotated[str, typer.Option(help="The local player's name.")] = "player",
    new: Annotated[bool, typer.Option("--new", help="Start another campaign.")] = False,
    web: Annotated[bool, typer.Option("--web", help="Only say where the web game is.")] = False,
) -> None:
    """Play Nine Lives in the terminal, on the local cloud that `make up` started."""
    from ninelives.game.client import RequestRefused, Unreachable

    _, stack = running_cloud()
    console.print(f"In a browser: {stack.get('web_url') or 'not deployed yet'}", soft_wrap=True)
    if web:
        return
    client = _client(player)
    try:
        campaign = _choose(client, new)
        if campaign:
            _loop(client, campaign)
    except (RequestRefused, Unreachable) as error:
        raise UserError(str(error)) from error
    except (EOFError, KeyboardInterrupt, typer.Abort):
        console.print("\nThe city will wait.")


def demo(
    turns: Annotated[int, typer.Option(min=1, max=1000, help="How many turns to play.")] = 10,
    player: Annotated[str, typer.Option(help="The local player's name.")] = "demo",
    environment: EnvironmentOption = LOCAL,
) -> None:
    """Play unattended and end with a table of what each turn took: elsewhere than locally as a new guest. Exit status 1
    if a turn did not resolve."""
    from ninelives.game import screen
    from ninelives.game.client import RequestRefused, Unreachable
    from ninelives.game.demo import growth, play_unattended, table

    client = _client(player) if environment == LOCAL else _guest(environment)
    played: list[Turn] = []
    took: dict[str, float] = {}
    try:
        campaign = client.start("Demo", client.world().classes[0].id)
        started = time.perf_counter()
        for turn in play_unattended(client, campaign.id, turns):
            took[turn.id] = (time.perf_counter() - started) * 1000
            played.append(turn)
            console.print(f"[dim]> {escape(turn.action)}[/]")
            console.print(screen.turn(turn, with_trace=False))
            started = time.perf_counter()
    except (RequestRefused, Unreachable) as error:
        raise UserError(str(error)) from error
    console.print(table(played, lambda turn: took[turn.id]))
    console.print(f"Latency: {growth(list(took.values()))}")
    recorded = _audited(environment, campaign.id, played)
    if any(turn.status != "resolved" for turn in played) or not recorded:
        raise typer.Exit(1)


def _client(name: str) -> Player:
    from ninelives.game.local import local_player

    return local_player(name)


def _guest(environment: str) -> Player:
    from ninelives.environment import find_environment
    from ninelives.game.guest import guest

    return guest(f"https://{find_environment(environment).find('web', 'domain')}/")


def _choose(client: Player, new: bool) -> Campaign | None:
    from ninelives.game import screen

    mine = [item for item in client.campaigns().items if item.status == "active"]
    if mine and not new:
        for number, item in enumerate(mine, 1):
            console.print(f"  {number}. {escape(item.name)}, {item.class_name}, turn {item.turn}, {item.place.name}")
        answer = Prompt.ask("Continue which? (n for a new cat)", default="1", console=console)
        if answer.isdigit() and 1 <= int(answer) <= len(mine):
            return client.campaign(mine[int(answer) - 1].campaign_id)
    world = client.world()
    console.print(f"\n[italic]{escape(world.premise)}[/]\n")
    if world.disclosure:
        console.print(f"[dim]{escape(world.disclosure.text)}[/]\n")
    console.print(screen.classes(world))
    numbers = [str(number) for number in range(1, len(world.classes) + 1)]
    choice = Prompt.ask("Which are you?", choices=numbers, default="1", console=console)
    return _start_campaign(client, world.classes[int(choice) - 1].id, _content(world))


def _content(world: World) -> str | None:
    """The level of what the story may hold; nothing is asked where there is nothing to choose."""
    if len(world.content) < 2:
        return None
    for number, level in enumerate(world.content, 1):
        console.print(f"  {number}. [bold]{escape(level.name)}[/]: {escape(level.text)}")
    usual = next((number for number, level in enumerate(world.content, 1) if level.usual), 1)
    numbers = [str(number) for number in range(1, len(world.content) + 1)]
    answer = Prompt.ask("What may the story hold?", choices=numbers, default=str(usual), console=console)
    return world.content[int(answer) - 1].id


def _start_campaign(client: Player, class_id: str, content: str | None = None) -> Campaign:
    """A new campaign, under a name that the API takes: what is wrong with another is said, and it is asked again."""
    from ninelives.game.client import RequestRefused

    while True:
        name = Prompt.ask("The name of your cat", default="Whisker", console=console)
        try:
            return client.start(name, class_id, content=content)
        except RequestRefused as refusal:
            wrong = [each for each in refusal.problem.errors or () if each.get("pointer") == NAME]
            if not wrong:
                raise
            console.print(f"[yellow]{escape(refusal.problem.title)}:[/] {escape(wrong[0]['detail'])}")


def _loop(client: Player, campaign: Campaign) -> None:
    from ninelives.game import screen
    from ninelives.game.client import RequestRefused

    sheet, last, ideas = campaign.sheet, None, campaign.suggested_actions
    console.print(screen.sheet(sheet))
    if campaign.opening and not campaign.turn:
        console.print(screen.opening(campaign))
    console.print(f"[dim]{HELP}[/]")
    while sheet.state.status == "active":
        said = console.input("[bold]> [/]").strip()
        if not said:
            continue
        if said in ("/quit", "/q"):
            raise typer.Abort
        if said.split()[0] == "/report":
            _report(client, last, said.split()[1:])
            continue
        if said.startswith("/"):
            console.print(screen.sheet(sheet) if said == "/sheet" else HELP)
            if said == "/trace" and last:
                console.print(screen.trace(last.trace))
            continue
        if said.isdigit() and 1 <= int(said) <= len(ideas):
            said = ideas[int(said) - 1]
        try:
            with console.status("The dungeon master thinks …") as status:
                last = client.act(campaign.id, said, told=lambda story: status.update(f"{escape(story)} …"))
        except RequestRefused as refusal:
            _say_why(refusal.problem)
            continue
        console.print(screen.turn(last))
        sheet, ideas = last.campaign or sheet, last.suggested_actions
    console.print(screen.sheet(sheet))
    console.print(f"[bold magenta]The story ends: {sheet.state.ending}.[/]")


def _say_why(problem: Problem) -> None:
    """Say what was refused, and what is wrong with each field where the problem does not say it itself."""
    details = (str(each.get("detail", "")) for each in problem.errors or ())
    more = [each for each in details if each not in problem.detail]
    console.print(f"[yellow]{escape(problem.title)}:[/] {escape(' '.join([problem.detail, *more]))}")


def _report(client: Player, told: Turn | None, reasons: list[str]) -> None:
    """Report the last story for one of the reasons there are, or say which there are."""
    from contracts.gateway import REASONS_TO_REPORT
    from ninelives.game.client import RequestRefused

    if told is None:
        console.print("Nothing was told yet.")
    elif len(reasons) != 1 or reasons[0] not in REASONS_TO_REPORT:
        console.print(f"What is it? /report {' · '.join(REASONS_TO_REPORT)}", markup=False)
    else:
        try:
            client.report(told.campaign_id, told.id, reasons[0])
        except RequestRefused as refusal:
            _say_why(refusal.problem)
        else:
            console.print(f"Turn {told.number} was reported. Whoever runs this game will look at its story.")


def _audited(environment: str, campaign_id: str, played: list[Turn]) -> bool:
    """Wait (bounded) until the audit record has every fact of these turns, and say what it holds."""
    from ninelives.environment import find_environment
    from ninelives.ops.audit.reading import read_stream

    deployed = find_environment(environment)
    dynamodb, table = deployed.client("dynamodb"), deployed.find("audit", "table/audit")
    resolved = sum(turn.status == "resolved" for turn in played)
    streams = {f"campaign/{campaign_id}": resolved + 1, f"turns/{campaign_id}": 2 * len(played)}
    until = time.monotonic() + 60
    while True:
        reports = [read_stream(dynamodb, table, stream) for stream in streams]
        complete = all(not r.gaps and r.last >= streams[r.stream] for r in reports)
        if complete or time.monotonic() > until:
            break
        time.sleep(0.25)
    for report in reports:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(report.kinds.items()))
        console.print(f"Audit {report.stream}: {report.events} events, {len(report.gaps)} gaps ({kinds})")
    return complete
