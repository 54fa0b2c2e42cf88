"""Lambda entry point: the player API."""

from __future__ import annotations

from services.gateway.http.player_routes import ROUTER
from services.gateway.wiring.http import http_handler
from services.gateway.wiring.player import player_dependencies

handler = http_handler("api", ROUTER, player_dependencies)
