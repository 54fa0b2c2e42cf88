"""The plan of a deployment, said before anything is done: what it will create and what that costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from infra.local.settings import DungeonMaster
from ninelives.account import Account
from ninelives.analytics.cost.assembly import FUNCTION, Assembly, read
from ninelives.analytics.cost.assumptions import Assumptions
from ninelives.analytics.cost.prices import price_table
from ninelives.analytics.cost.resting import at_rest
from ninelives.analytics.cost.tally import total
from ninelives.deployment.stacks import is_finished

DAY_DOLLARS, DAY_TOKENS = "DAY_BUDGET_MICRO_DOLLARS", "DAY_BUDGET_TOKENS"
SAID = {
    "AWS::Lambda::Function": "functions",
    "AWS::IAM::Role": "roles",
    "AWS::DynamoDB::Table": "tables",
    "AWS::SQS::Queue": "queues",
    "AWS::Events::EventBus": "event bus",
    "AWS::StepFunctions::StateMachine": "workflow",
    "AWS::ApiGatewayV2::Api": "APIs",
    "AWS::Cognito::UserPool": "user pool",
    "AWS::CloudFront::Distribution": "distribution",
    "AWS::S3::Bucket": "bucket",
    "AWS::CloudWatch::Alarm": "alarms",
}
"""Kinds of resources worth naming, in this order."""


@dataclass(frozen=True)
class Plan:
    """One deployment that has not begun. `there` has the statuses of those of `stacks` that exist."""

    environment: str
    account: Account
    stacks: Sequence[str]
    there: Mapping[str, str]
    assembly: Assembly

    @property
    def is_first(self) -> bool:
        """Whether none of the stacks was ever created: then every permission is new, and there is nothing to compare
        it with."""
        return not any(map(is_finished, self.there.values()))

    def lines(self, master: DungeonMaster) -> Iterator[str]:
        """The lines that somebody should know before saying yes."""
        new = [name for name in self.stacks if not is_finished(self.there.get(name, "REVIEW_IN_PROGRESS"))]
        yield (
            f"{self.environment} in account {self.account.id}, {self.account.region}: "
            f"{len(new)} stacks to create, {len(self.stacks) - len(new)} to bring up to date."
        )
        yield f"Together they have {', '.join(self._count_resources())}."
        yield self._cost()
        yield f"The game master is {_describe_master(master)}."
        yield from self._ceiling()

    def _count_resources(self) -> Iterator[str]:
        kinds = Counter(resource.type for resource in self.assembly.all())
        yield from (f"{kinds[kind]} {name}" for kind, name in SAID.items() if kinds[kind])

    def _ceiling(self) -> Iterator[str]:
        """The limits of a day's spending, where the service that counts it is deployed."""
        for function in self.assembly.all(FUNCTION):
            told = function.properties["Environment"]["Variables"]
            dollars, tokens = int(told.get(DAY_DOLLARS, 0)), int(told.get(DAY_TOKENS, 0))
            limits = [f"${dollars / 1e6:,.2f}"] * bool(dollars) + [f"{tokens:,} tokens"] * bool(tokens)
            if limits:
                yield (
                    f"In a day all players together may spend {' or '.join(limits)} on models, then the understudy "
                    "tells (NINELIVES_DM_DAY_BUDGET, NINELIVES_DM_DAY_TOKENS; 0 is no limit)."
                )

    def _cost(self) -> str:
        resting = at_rest(self.assembly, Assumptions())
        prices = price_table()
        month = total(resting.tally.lines(prices))
        after = sum(prices[name].after_free_tier(amount) for name, amount in resting.tally.of_all_services().items())
        unknown = f" No price is known for {', '.join(sorted(resting.unpriced))}." if resting.unpriced else ""
        return (
            f"At rest they cost ${month:.2f} a month by list prices of {prices.region} (${after:.2f} where nothing "
            f"else uses the account's free tier); what a turn costs is in docs/costs.md.{unknown}"
        )


def plan(environment: str, account: Account, stacks: Sequence[str], there: Mapping[str, str], assembly: Path) -> Plan:
    return Plan(environment, account, stacks, there, read(assembly))


def _describe_master(master: DungeonMaster) -> str:
    if master.provider == "understudy":
        return "the understudy: no model, nothing to pay for one (NINELIVES_DM=bedrock names another)"
    second = f", its second reader {master.judge_model}" if master.judge_model else ""
    return f"{master.model} ({master.provider}){second}: its tokens are the larger part of every bill"
