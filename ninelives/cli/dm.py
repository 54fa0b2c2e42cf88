"""`ninelives dm`: how good a game master is, measured on this machine."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

dm_app = typer.Typer(help="The game master on trial.", no_args_is_help=True)


class Provider(StrEnum):
    understudy = "understudy"
    bedrock = "bedrock"
    openai = "openai"
    recorded = "recorded"


@dm_app.callback()
def dm() -> None:
    """The game master on trial."""


@dm_app.command(name="eval")
def evaluate(
    provider: Annotated[Provider, typer.Option(help="Who is asked.")] = Provider.understudy,
    model: Annotated[str, typer.Option(help="Model id; for recorded: obedient or hostile.")] = "",
    k: Annotated[int, typer.Option(min=1, max=8, help="How often each entry is played.")] = 8,
    out: Annotated[Path | None, typer.Option("--json", help="Write all figures to this file.")] = None,
    fail_under: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Exit 1 when less of the scenarios pass every time (pass^k).")
    ] = 0.0,
    limit: Annotated[int, typer.Option(min=1, help="Only the first so many entries of each suite.")] = 10_000,
    stories: Annotated[bool, typer.Option("--stories", help="Only the labelled stories; nobody is asked.")] = False,
    publish: Annotated[
        bool, typer.Option(help="Write the rates of stories down as the published ones, with today's date.")
    ] = False,
) -> None:
    """Labelled stories through the check: rates of test and dev, and every failure of dev. Then labelled actions and
    attacks through a game master, the check and the rules. Nothing is deployed; only a live provider uses the network.
    Exit status 1: more lies of stories were told than is published, or less was kept."""
    from datetime import UTC, datetime
    from time import sleep

    from rich.console import Console

    from ninelives.evaluation.checking import check_corpus
    from ninelives.evaluation.corpus import attacks, scenarios
    from ninelives.evaluation.masters import RECORDED, master_of
    from ninelives.evaluation.scorecard import Scorecard
    from ninelives.evaluation.showing import show_card
    from ninelives.evaluation.stories.measuring import measure_all
    from ninelives.evaluation.stories.publishing import drops, read_published
    from ninelives.evaluation.stories.publishing import publish as write_down
    from ninelives.evaluation.stories.showing import lines
    from ninelives.evaluation.trials import trials

    name = model or (RECORDED[0] if provider is Provider.recorded else "")
    try:
        master = master_of(provider.value, name)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--model") from error
    measured = measure_all()
    typer.echo("\n".join(lines(measured)))
    if publish:
        write_down(measured, datetime.now(UTC).date())
    worse = drops(measured, read_published())
    for each in worse:
        typer.echo(each, err=True)
    entries = 0 if stories else limit
    card = Scorecard(
        master=" ".join(part for part in (provider.value, name) if part),
        k=k,
        stories=measured,
        checked=check_corpus(),
        scenarios=trials(scenarios()[:entries], master, k, sleep),
        attacks=trials(attacks()[:entries], master, k, sleep),
    )
    if not stories:
        Console(highlight=False).print(show_card(card))
    if out:
        out.write_text(json.dumps(card.as_json(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if worse or (not stories and card.pass_hat["scenarios"][-1] < fail_under):
        raise typer.Exit(1)


@dm_app.command()
def check(
    requests: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="A ValidateAndRoute as JSON on each line.")
    ],
) -> None:
    """Judge replies from a file: for each line, in order, {"route", "told", "report"} as JSON; an "id" comes back. What
    is no request is answered by {"error"}, and the exit status is 1 at the end. docs/stories.md says more."""
    from ninelives.evaluation.stories.outside import answer_file

    failed = False
    for answer in answer_file(requests):
        failed = failed or "error" in answer
        typer.echo(json.dumps(answer))
    if failed:
        raise typer.Exit(1)


@dm_app.command()
def understand(
    situation: Annotated[str | None, typer.Option(help="Only the inputs of this situation.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print figures as JSON.")] = False,
    publish: Annotated[
        bool, typer.Option(help="Write the rates down as the published ones, with today's date.")
    ] = False,
    inputs: Annotated[Path | None, typer.Option(help="Somebody else's labelled inputs: print counts of them.")] = None,
    situations: Annotated[Path | None, typer.Option(help="The situations of --inputs.")] = None,
) -> None:
    """Measure how well the game master without a model understands what players type: rates of dev and test, and every
    failure of dev; of one situation dev only. Exit status 1: less was understood than is published, or more went
    wrong."""
    from datetime import UTC, datetime

    from ninelives.evaluation.understanding.measuring import drops, measure, read_published
    from ninelives.evaluation.understanding.measuring import publish as write_down
    from ninelives.evaluation.understanding.outside import count
    from ninelives.evaluation.understanding.showing import lines
    from ninelives.evaluation.understanding.situations import recipes
    from ninelives.evaluation.understanding.wants import inputs as corpus
    from services.dm.domain.reading import read

    if (inputs is None) != (situations is None):
        raise typer.BadParameter("--inputs and --situations go together")
    if inputs and situations:
        typer.echo(json.dumps(count(inputs, situations, read)))
        return
    if situation and (situation not in recipes() or publish):
        raise typer.BadParameter("rates are of all situations" if publish else f"there is no {situation!r}")
    chosen = [each for each in corpus() if situation is None or (each.situation == situation and not each.is_test)]
    measured = measure(chosen, read)
    typer.echo(json.dumps(measured.as_json(), indent=1, ensure_ascii=False) if as_json else "\n".join(lines(measured)))
    if publish:
        write_down(measured, datetime.now(UTC).date())
    elif situation is None and (worse := drops(measured, read_published())):
        typer.echo("\n".join(worse), err=True)
        raise typer.Exit(1)


@dm_app.command()
def train() -> None:
    """Train the reader from the bank of phrasings and the dev split of the players' corpus, and write the weights where
    it finds them: the model of phrasings, and the ranking of what a clause may mean. Takes about a quarter of an hour;
    the same words give the same weights."""
    from ninelives.cli.progress import time_step
    from ninelives.evaluation.understanding import ranking, training

    with time_step("Training the model of phrasings"):
        training.write(training.keep_heavy(*training.train(training.examples())))
    with time_step("Training the ranking of meanings"):
        ranking.write(ranking.learn(ranking.all_choices()))
