"""The gateway service: the player API, the workflow of a turn, and the end of every turn."""

from __future__ import annotations

import aws_cdk as cdk
from constructs import Construct

from infra.constructs.deployment import Deployment
from infra.constructs.erasure_worker import ErasureWorker
from infra.constructs.event_consumer import NO_HURRY, EventConsumer
from infra.constructs.manifest_key import ManifestKey
from infra.constructs.narration_listener import listen_to_narrations
from infra.constructs.outbox_relay import OutboxRelay
from infra.constructs.player_api import PlayerApi
from infra.constructs.player_exports import PlayerExports
from infra.constructs.player_pool import PlayerPool
from infra.constructs.player_socket import PlayerSocket
from infra.constructs.queues import dead_letters
from infra.constructs.service_calls import called_functions, name_variable
from infra.constructs.service_function import ServiceFunction
from infra.constructs.service_stack import ServiceStack
from infra.constructs.tables import ServiceTable
from infra.constructs.turn_workflow import TurnWorkflow
from infra.environment import OFF, ON

API_TIMEOUT_SECONDS = 29
MAX_WAIT_SECONDS = 20
CALLED = called_functions("gateway")
TASKS_OF_OTHERS = {
    "RetrieveLore": ("lore", "retrieve_lore"),
    "RecallChronicle": ("chronicle", "recall"),
    "InvokeDungeonMaster": ("dm", "invoke_dungeon_master"),
    "ValidateAndRoute": ("dm", "validate_and_route"),
    "JudgeNarrative": ("dm", "judge_narrative"),
    "ExecuteTool": ("tools", "execute_tool"),
    "PlayWorld": ("tools", "play_world"),
    "OpenTurn": ("campaign", "open_turn"),
    "SettleEffects": ("campaign", "settle_effects"),
    "PersistCampaign": ("campaign", "persist_campaign"),
    "VoidTurn": CALLED["VoidTurn"],
}
ERASES = ("EraseCampaign", "EraseChronicle", "ForgetOutcomes", "ForgetReplies")
READ_FOR_EXPORT = ("DescribeWorld", "ListCampaigns", "ViewCampaign", "ListDice", "ListStandings")
KEEPS = ("GetItem", "PutItem", "UpdateItem")
CLOSES = ("BatchGetItem", "PutItem", "UpdateItem")
EDGE_KEY = cdk.Fn.select(2, cdk.Fn.split("/", cdk.Aws.STACK_ID))
"""The key in every request that came by our distribution."""
SETTLES = {"aws": 90, "local": 5}
"""Seconds: longer than a request of the API lasts, or a ticket that it gave. On a laptop nobody else asks anything."""
DEADLINE_WINDOW = 30
"""Seconds: nearly every turn ended long before its deadline, and nobody waits for being told so."""


class GatewayStack(ServiceStack):
    """Admission, turn results, and the Express workflow that plays a turn."""

    service = "gateway"

    def __init__(self, scope: Construct, deployment: Deployment) -> None:
        super().__init__(scope, deployment)
        self.table = ServiceTable(self, "gateway", expires_by="expires_at", streams=True)
        # Players hear of these facts from the transaction itself: on the bus, nobody waits for them.
        self.outbox = OutboxRelay(self, self.table, window_seconds=NO_HURRY)
        self.relay = self.outbox.relay
        self._closing()
        workflow = TurnWorkflow(self, self._tasks())
        self._api(workflow)

    def _function_of(self, service: str, function: str) -> str:
        return self.name_of(service, f"fn/{function}")

    def _lets_call(self, function: ServiceFunction, request: str) -> None:
        function.invokes(self._function_of(*CALLED[request]), name_variable(request))

    def _tasks(self) -> dict[str, str]:
        return {
            "FormatResponse": self.format_response.entry.function_arn,
            "FailTurn": self.fail_turn.entry.function_arn,
            **{task: self._function_of(*owner) for task, owner in TASKS_OF_OTHERS.items()},
        }

    def _closing(self) -> None:
        """The ways a turn ends: answered, failed, or closed at its deadline."""
        failed = dead_letters(
            self,
            "failed-turns",
            because="Turns failed. Each message says which, where and why; nothing was applied.",
            runbook="failed-turns",
        )
        self.format_response = ServiceFunction(self, "format_response", purpose="Writes the answer the player reads.")
        self.fail_turn = ServiceFunction(self, "fail_turn", purpose="Closes a turn that could not be played.")
        deadline = EventConsumer(
            self,
            "turn-deadline",
            "deadline",
            purpose="Closes turns that did not end by themselves.",
            delay_seconds=self.deployment.turn_deadline_seconds,
            window_seconds=DEADLINE_WINDOW,
        ).consumer
        self._lets_call(deadline, "VoidTurn")
        self.closing = (self.format_response, self.fail_turn, deadline)
        for function in self.closing:
            self.table.lets(function, *CLOSES, variable="GATEWAY_TABLE")
        for function in (self.fail_turn, deadline):
            function.may(["sqs:SendMessage"], failed.queue_arn)
            function.set("FAILED_TURNS_QUEUE_URL", failed.queue_url)

    def _api(self, workflow: TurnWorkflow) -> None:
        api = ServiceFunction(
            self,
            "api",
            purpose="Answers players.",
            timeout_seconds=API_TIMEOUT_SECONDS,
            memory_mb=1024,
            environment={"MAX_WAIT_SECONDS": str(MAX_WAIT_SECONDS)},
        )
        self.table.lets(api, *KEEPS, "BatchGetItem", "Query", variable="GATEWAY_TABLE")
        for request in (each for each in CALLED if each not in ("VoidTurn", *ERASES)):
            self._lets_call(api, request)
        exports = self._exports(api)
        machine = workflow.machine.state_machine_arn
        api.may(["states:StartExecution", "states:StartSyncExecution"], machine)
        api.set("STATE_MACHINE_ARN", machine)
        api.set("LIMITS", self.deployment.limits)
        if self.deployment.chaos:
            api.set("CHAOS", "1")
        if self.deployment.day_budget.is_set:
            api.set("DAY_CEILING", "1")
        for name, limit in self.deployment.day_budget.shares.items():
            api.set(name, str(limit))
            api.set("EDGE_KEY", EDGE_KEY)  # guests of one household have a share together
        for name, level in self.deployment.content_ceiling.items():
            api.set(name, level)
        if self.deployment.blocked_names:
            api.set("BLOCKED_NAMES", self.deployment.blocked_names)
        if self.deployment.story_key:
            ManifestKey(self).signs_for(api)
        self.publish("chaos", ON if self.deployment.chaos else OFF)
        for writer in (api, *self.closing):
            writer.updated_after(self.relay)
        players = PlayerPool(self)
        exports.knows(players)
        accounts = self._accounts(players)
        player_api = PlayerApi(self, api, accounts, players)
        self._live(api, accounts, exports.worker, self._erasing(players, accounts, exports))
        cdk.CfnOutput(
            self, "PlayerApiUrl", value=player_api.api.api_endpoint, description="Base URL of the player API."
        )

    def _exports(self, api: ServiceFunction) -> PlayerExports:
        """Archives of what is held about players. What goes into them is read as the API reads it."""
        exports = PlayerExports(self)
        exports.takes_orders_of(api)
        for request in READ_FOR_EXPORT:
            self._lets_call(exports.worker, request)
        self.table.lets(exports.worker, "GetItem", "BatchGetItem", "PutItem", "Query", variable="GATEWAY_TABLE")
        return exports

    def _live(
        self, api: ServiceFunction, accounts: ServiceFunction, exports: ServiceFunction, erase: ServiceFunction
    ) -> None:
        """Live news of what happens: the feed, the story, and the line to whoever is connected."""
        answers = ServiceFunction(self, "socket", purpose="Answers players on the WebSocket.", timeout_seconds=15)
        news = EventConsumer(self, "player-push", "push", purpose="Tells players what happened.")
        news.rule.node.add_dependency(
            *(closing.function for closing in self.closing)
        )  # who tells what it hears no more
        push = news.consumer
        progress = EventConsumer(
            self,
            "player-progress",
            "progress",
            purpose="Tells players how a turn goes.",
            window_seconds=1,
            quiet_too=False,
        ).consumer
        socket = PlayerSocket(self, answers)
        narrate = listen_to_narrations(self, self.name_of("dm", "queue-arn/narration"))
        for function in (answers, push):
            self.table.lets(function, *KEEPS, "DeleteItem", "Query", variable="GATEWAY_TABLE")
        self.table.lets(answers, "ConditionCheckItem", variable="GATEWAY_TABLE")
        for function in (progress, narrate):
            self.table.lets(function, "GetItem", "UpdateItem", "DeleteItem", variable="GATEWAY_TABLE")
        for function in (answers, push, progress, narrate, api, exports, *self.closing):
            socket.speaks(function)
        for function in (answers, accounts, erase):
            socket.closes(function)

    def _accounts(self, players: PlayerPool) -> ServiceFunction:
        """Guests, accounts and sessions. No other function can sign anybody in."""
        accounts = ServiceFunction(self, "accounts", purpose="Lets players in.", timeout_seconds=15)
        self.table.lets(accounts, *KEEPS, "DeleteItem", "Query", variable="GATEWAY_TABLE")
        players.receives(accounts)
        accounts.set("EDGE_KEY", EDGE_KEY)
        accounts.set("LIMITS", self.deployment.limits)
        self.publish("edge-key", EDGE_KEY)
        return accounts

    def _erasing(self, players: PlayerPool, accounts: ServiceFunction, exports: PlayerExports) -> ServiceFunction:
        """The worker that ends what `accounts` begins: what other services keep it asks them to delete."""
        erase = ErasureWorker(self, self.table, self.outbox.failed).function
        for begins in (accounts, erase):
            begins.set("ERASURE_SETTLES_SECONDS", str(SETTLES[self.deployment.target]))
        self.table.lets(erase, *KEEPS, "DeleteItem", "Query", "BatchWriteItem", variable="GATEWAY_TABLE")
        players.lets_go(erase)
        exports.forgets(erase)
        for request in ("ListCampaigns", *ERASES):
            self._lets_call(erase, request)
        return erase
