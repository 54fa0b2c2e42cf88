"""Passwords of local players: kept for their owner only, whoever else is being made at the same time."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from infra.local import players
from infra.local.home import Home


def test_players_that_are_made_at_once_are_all_kept(tmp_path: Path) -> None:
    home = Home(tmp_path, 4599)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: players._keep(home, f"pool/{number}", f"secret-{number}"), range(100)))

    kept = json.loads(home.players_file.read_text())
    assert kept == {f"pool/{number}": f"secret-{number}" for number in range(100)}
    assert home.players_file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [home.players_file]
