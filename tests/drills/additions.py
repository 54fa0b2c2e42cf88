"""What the drills of CONTRIBUTING add to a copy of the tree: a tool, an event with its consumer, a route, a service."""

from __future__ import annotations

from tests.drills.tree import Tree

FOLDER = "services/achievements/"
CONTRACT = '''

class LifeLostData(Value):
    owner: PlayerId
    turn: int = Field(ge=1)
    left: int = Field(ge=0, le=9)


class LifeLostV1(Event):
    """A cat has lost one of its lives."""

    detail_type = "LifeLost.v1"
    producer = "ninelives.campaign"
    data: LifeLostData
'''
LOST = """\
    lost = [each for one in played.settled for each in one.consequences if each.kind == "life-lost"]
    told = [turn]
    if lost:
        left = LifeLostData(owner=owner, turn=played.state.turn, left=played.state.character.lives)
        told.append(_event(LifeLostV1, request.envelope, sequence + 1, now, left))
"""
ONGOING = """\
    if played.state.status == "active":
        return tuple(told)
"""
ENDED = "return (*told, _event(CampaignEndedV1, request.envelope, sequence + len(told), now, data))"
TOLD = """\
        if any(effect.kind == "life-lost" for effect in effects):
            lost = LifeLostData(owner=self.owner, turn=self.turn, left=self.lives)
            yield self._event(LifeLostV1, lost, turn_id, "persist")
"""
MOURNS = """\
        mourn = EventConsumer(self, "lives", "mourn", purpose="Counts the lives that are lost.").consumer
"""
BODY = '''class Lives(Message):
    """How many lives are left of the nine that a cat has."""

    campaign_id: CampaignId
    left: int = Field(ge=0, le=9)


'''


def add_tool(tree: Tree) -> None:
    registry = "services/tools/domain/registry.py"
    tree.copy("tool")
    tree.insert(
        registry,
        "from services.tools.domain.intents.listen_at import ListenAt, listen_at\n",
        before="from services.tools.domain.intents.move_to import",
    )
    tree.insert(registry, '    Tool(ListenAt, listen_at, spends="action"),\n', before="    Tool(MoveTo,")
    tree.insert(
        "services/tools/tests/test_registry.py",
        '    "listen_at": (scene(), {"doorway": "pier-cellar"}),\n',
        before='    "move_to": (scene()',
    )


def add_event(tree: Tree) -> None:
    contract, record = "contracts/campaign/events.py", "services/campaign/domain/record.py"
    happened, stack = "tests/support/archived_events.py", "infra/stacks/metrics.py"
    tree.copy("event")
    tree.append(contract, CONTRACT)
    tree.insert(record, "    LifeLostData,\n    LifeLostV1,\n", before="    TurnHeadline,\n")
    tree.insert(record, LOST, before='    if played.state.status == "active":\n        return (turn,)\n')
    tree.replace(record, '    if played.state.status == "active":\n        return (turn,)\n', ONGOING)
    tree.replace(record, "return (turn, _event(CampaignEndedV1, request.envelope, sequence + 1, now, data))", ENDED)
    tree.insert(happened, "    LifeLostData,\n    LifeLostV1,\n", before="    TurnResolvedData,\n")
    tree.insert(happened, TOLD, before="        if self.ending:\n            end = CampaignEndedData(")
    tree.insert(stack, MOURNS, before='        table = ServiceTable(self, "metrics"')
    tree.append(stack, '        table.lets(mourn, "PutItem", variable="METRICS_TABLE")\n')


def add_route(tree: Tree) -> None:
    bodies, routes = "contracts/playerapi", "services/gateway/http/player_routes.py"
    tree.copy("route")
    tree.insert(f"{bodies}/__init__.py", '            "Lives",\n', before='            "Notice",\n')
    tree.insert(f"{bodies}/turns.py", BODY, before="class EffectView(")
    tree.replace(routes, "    leaderboard,\n", "    leaderboard,\n    lives,\n")
    tree.insert(
        routes,
        '    f"/v1/campaigns/{CAMPAIGN}/lives": {"GET": lives.show_lives},\n',
        before='    f"/v1/campaigns/{CAMPAIGN}/turns":',
    )


def add_service(tree: Tree) -> None:
    tree.copy("service")
    lock = (tree.root / "services" / "metrics" / "requirements.txt").read_text()
    tree.write(f"{FOLDER}requirements.txt", lock.replace("services/metrics", FOLDER.rstrip("/")))
    tree.insert(
        "CODEOWNERS",
        "/contracts/achievements.py          @ninelives/achievements @ninelives/platform\n"
        "/infra/stacks/achievements.py       @ninelives/achievements\n"
        "/services/achievements/             @ninelives/achievements\n",
        before="/contracts/campaign/ ",
    )
    tree.insert(
        "README.md",
        "| [`services/achievements`](services/achievements) | what a campaign has done that is worth a badge |\n",
        before="| [`services/campaign`]",
    )
