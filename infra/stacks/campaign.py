"""The campaign service: the state of every campaign, its events, and the lists made from them."""

from __future__ import annotations

from aws_cdk import aws_dynamodb as dynamodb
from constructs import Construct

from infra.constructs.deployment import Deployment
from infra.constructs.event_consumer import EventConsumer
from infra.constructs.outbox_relay import OutboxRelay
from infra.constructs.service_function import ServiceFunction
from infra.constructs.service_stack import ServiceStack
from infra.constructs.tables import STRING, ServiceTable, StagesTable

PROJECTED = ("CampaignStarted.v1", "TurnResolved.v1", "CampaignEnded.v1")
BY_OWNER = "by-owner"


class Campaign(ServiceStack):
    """State that changes in one transaction per turn, published through an outbox."""

    service = "campaign"

    def __init__(self, scope: Construct, deployment: Deployment) -> None:
        super().__init__(scope, deployment)
        table = ServiceTable(self, "campaign", streams=True)
        self._turns(table)
        OutboxRelay(self, table)
        self._projection(table)

    def _turns(self, table: ServiceTable) -> None:
        create = ServiceFunction(self, "create", purpose="Starts a campaign.")
        table.lets(create, "GetItem", "PutItem", variable="CAMPAIGN_TABLE")

        view = ServiceFunction(self, "view", purpose="Shows a campaign's sheet.")
        table.lets(view, "GetItem", variable="CAMPAIGN_TABLE")

        dice = ServiceFunction(self, "dice", purpose="Shows the dice of resolved turns, and at the end the seed.")
        table.lets(dice, "GetItem", "Query", variable="CAMPAIGN_TABLE")

        open_turn = ServiceFunction(self, "open_turn", purpose="Takes the working copy for a turn.")
        table.lets(open_turn, "GetItem", "Query", variable="CAMPAIGN_TABLE")
        StagesTable(self).keeps([open_turn])

        ServiceFunction(self, "settle_effects", purpose="Folds outcomes over the working copy; writes nothing.")

        persist = ServiceFunction(self, "persist_campaign", purpose="Commits a turn: whole, once, or not at all.")
        table.lets(persist, "GetItem", "PutItem", "UpdateItem", variable="CAMPAIGN_TABLE")

        void = ServiceFunction(self, "void_turn", purpose="Gives a turn up, unless it is committed.")
        table.lets(void, "PutItem", variable="CAMPAIGN_TABLE")

    def _projection(self, table: ServiceTable) -> None:
        projection = ServiceTable(self, "projection")
        projection.add_global_secondary_index(
            index_name=BY_OWNER,
            partition_key=dynamodb.Attribute(name="gsi1pk", type=STRING),
            sort_key=dynamodb.Attribute(name="gsi1sk", type=STRING),
            projection_type=dynamodb.ProjectionType.ALL,
        )
        project = EventConsumer(
            self,
            "projection",
            "project",
            purpose="Keeps the list of campaigns up to date with their events.",
            detail_types=PROJECTED,
        ).consumer
        projection.lets(project, "GetItem", "PutItem", variable="PROJECTION_TABLE")
        table.lets(project, "GetItem", variable="CAMPAIGN_TABLE")

        lists = ServiceFunction(self, "list_campaigns", purpose="Lists a player's campaigns.")
        lists.may(["dynamodb:Query"], f"{projection.table_arn}/index/{BY_OWNER}")
        lists.set("PROJECTION_TABLE", projection.table_name)
