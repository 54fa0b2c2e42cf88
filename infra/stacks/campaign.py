"""The campaign service: the state of every campaign, its events, and the lists made from them."""

from __future__ import annotations

from aws_cdk import aws_dynamodb as dynamodb
from constructs import Construct

from infra.constructs.alarms import alarm
from infra.constructs.deployment import Deployment
from infra.constructs.event_consumer import EventConsumer
from infra.constructs.measured import metric_of
from infra.constructs.outbox_relay import OutboxRelay
from infra.constructs.service_function import ServiceFunction
from infra.constructs.service_stack import ServiceStack
from infra.constructs.tables import STRING, ServiceTable

BY_OWNER, STANDINGS = "by-owner", "standings"
REBUILDS = "rebuild-"
"""The prefix of the names of replays that rebuild the projection."""
REBUILDING_AT_ONCE = 2  # a replay brings a campaign together: more copies would wait for the same line


class CampaignStack(ServiceStack):
    """State that changes in one transaction per turn, published through an outbox."""

    service = "campaign"

    def __init__(self, scope: Construct, deployment: Deployment) -> None:
        super().__init__(scope, deployment)
        table = ServiceTable(self, "campaign", streams=True)
        relay = OutboxRelay(self, table).relay
        names = self._projection(table)
        self._turns(table, relay, *names)

    def _turns(self, table: ServiceTable, *readers: ServiceFunction) -> None:
        create = ServiceFunction(self, "create", purpose="Starts a campaign.")
        table.lets(create, "GetItem", "PutItem", variable="CAMPAIGN_TABLE")

        fork = ServiceFunction(self, "fork", purpose="Starts a campaign from another one's past.")
        table.lets(fork, "GetItem", "PutItem", variable="CAMPAIGN_TABLE")

        view = ServiceFunction(self, "view", purpose="Shows a campaign's sheet.")
        table.lets(view, "GetItem", variable="CAMPAIGN_TABLE")

        dice = ServiceFunction(self, "dice", purpose="Shows the dice of resolved turns, and at the end the seed.")
        table.lets(dice, "GetItem", "Query", variable="CAMPAIGN_TABLE")

        open_turn = ServiceFunction(self, "open_turn", purpose="Takes the working copy for a turn.")
        table.lets(open_turn, "BatchGetItem", "Query", variable="CAMPAIGN_TABLE")

        ServiceFunction(self, "settle_effects", purpose="Folds outcomes over the working copy; writes nothing.")

        persist = ServiceFunction(self, "persist_campaign", purpose="Commits a turn: whole, once, or not at all.")
        table.lets(persist, "GetItem", "PutItem", "UpdateItem", variable="CAMPAIGN_TABLE")

        void = ServiceFunction(self, "void_turn", purpose="Gives a turn up, unless it is committed.")
        table.lets(void, "PutItem", variable="CAMPAIGN_TABLE")
        erase = ServiceFunction(self, "erase", purpose="Erases a campaign, all but its events.", awaited=False)
        table.lets(erase, "GetItem", "PutItem", "Query", "BatchWriteItem", variable="CAMPAIGN_TABLE")
        for writer in (create, fork, persist, erase):
            writer.updated_after(view, dice, open_turn, void, *readers)

    def _projection(self, table: ServiceTable) -> tuple[ServiceFunction, ...]:
        """Two tables, one of them live; a rebuild fills the other one from the archive, beside the play.

        Both hear every kind of event of this service: sequences count all events of a campaign's stream.
        """
        first, side = ServiceTable(self, "projection"), ServiceTable(self, "projection-side")
        for projection in (first, side):
            _add_index(projection, BY_OWNER, "gsi1")
            _add_index(projection, STANDINGS, "gsi2")
        project = EventConsumer(
            self,
            "projection",
            "project",
            purpose="Keeps the lists of campaigns up to date with their events.",
        ).consumer
        rebuild = EventConsumer(
            self,
            "rebuild",
            "rebuild",
            purpose="Builds the lists of campaigns anew from a replay of the archive.",
            replays=REBUILDS,
            at_once=REBUILDING_AT_ONCE,
            always=False,
        ).consumer
        for writes in (project, rebuild):
            looks = ("BatchGetItem",) if writes is project else ()
            first.lets(writes, *looks, "GetItem", "PutItem", variable="PROJECTION_TABLE")
            side.lets(writes, *looks, "GetItem", "PutItem", variable="PROJECTION_SIDE_TABLE")
            table.lets(writes, "GetItem", variable="CAMPAIGN_TABLE")

        alarm(
            self,
            "projection-gaps",
            metric_of(self.deployment, "campaign", "Gaps", {"operation": "project"}),
            at_least=1,
            because="Events did not reach the lists of campaigns, and later ones did over five minutes ago.",
            runbook="facts-missing",
        )

        lists = ServiceFunction(self, "list_campaigns", purpose="Lists a player's campaigns.")
        board = ServiceFunction(self, "list_standings", purpose="Shows the leaderboard of a world.")
        for reads, index in ((lists, BY_OWNER), (board, STANDINGS)):
            first.lets(reads, "GetItem", variable="PROJECTION_TABLE")
            reads.set("PROJECTION_SIDE_TABLE", side.table_name)
            reads.may(["dynamodb:Query"], *(f"{each.table_arn}/index/{index}" for each in (first, side)))
        return project, rebuild


def _add_index(table: ServiceTable, name: str, keys: str) -> None:
    table.add_global_secondary_index(
        index_name=name,
        partition_key=dynamodb.Attribute(name=f"{keys}pk", type=STRING),
        sort_key=dynamodb.Attribute(name=f"{keys}sk", type=STRING),
        projection_type=dynamodb.ProjectionType.ALL,
    )
