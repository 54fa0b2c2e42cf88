"""The routes that the function `api` serves."""

from __future__ import annotations

from services.gateway.application.ports import PlayerDependencies
from services.gateway.http.endpoints import (
    campaigns,
    exports,
    feed,
    forks,
    leaderboard,
    manifests,
    reports,
    tickets,
    turns,
    world,
)
from services.gateway.http.paths import ACCOUNT_METHODS, CAMPAIGN, EXPORT, TURN
from services.gateway.http.routing import Router, Routes

ROUTES: Routes[PlayerDependencies] = {
    "/v1/health": {"GET": world.report_health},
    "/v1/world": {"GET": world.show_world},
    "/v1/.well-known/jwks.json": {"GET": manifests.show_keys},
    "/v1/tickets": {"POST": tickets.issue_ticket},
    "/v1/account/export": {"POST": exports.begin_export},
    f"/v1/account/export/{EXPORT}": {"GET": exports.show_export},
    "/v1/leaderboard": {"GET": leaderboard.show_leaderboard},
    "/v1/campaigns": {"GET": campaigns.list_campaigns, "POST": campaigns.create_campaign},
    f"/v1/campaigns/{CAMPAIGN}": {"GET": campaigns.show_campaign},
    f"/v1/campaigns/{CAMPAIGN}/dice": {"GET": campaigns.list_dice},
    f"/v1/campaigns/{CAMPAIGN}/events": {"GET": feed.list_events},
    f"/v1/campaigns/{CAMPAIGN}/forks": {"POST": forks.fork_campaign},
    f"/v1/campaigns/{CAMPAIGN}/manifests": {"GET": manifests.list_manifests},
    f"/v1/campaigns/{CAMPAIGN}/turns": {"GET": turns.list_turns, "POST": turns.take_turn},
    f"/v1/campaigns/{CAMPAIGN}/turns/{TURN}": {"GET": turns.show_turn},
    f"/v1/campaigns/{CAMPAIGN}/turns/{TURN}/manifest": {"GET": manifests.show_manifest},
    f"/v1/campaigns/{CAMPAIGN}/turns/{TURN}/reports": {"POST": reports.report_story},
}
ROUTER = Router(ROUTES, elsewhere=ACCOUNT_METHODS)
