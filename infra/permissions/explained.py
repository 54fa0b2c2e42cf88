"""Grants that no call on record uses and AWS does not need by itself, each with the reason why it stays.

What is played in process says so with its tests: the code is run, and only the cloud has no occasion for it.
"""

from __future__ import annotations

from collections.abc import Mapping

from infra.permissions.comparing import GrantComparison
from infra.permissions.roles import Grant

_GATEWAY = "arn:aws:dynamodb:::table/{gateway/table/gateway}"
_STAGES = "arn:aws:dynamodb:::table/{dm/table/stages}"

EXPLAINED: Mapping[str, tuple[Grant, ...]] = {
    "gives an account up whose opening failed, and the place of an e-mail that is verified "
    "(`services/gateway/tests/test_accounts.py`)": (Grant("gateway/accounts", "dynamodb:DeleteItem", _GATEWAY),),
    "deletes the archive of a player who asks for another or is erased, and tells whoever is connected that it is "
    "ready (`services/gateway/tests/test_exports.py`)": (
        Grant("gateway/export", "s3:DeleteObject", "arn:aws:s3:::{gateway/bucket}/*"),
        Grant("gateway/erase", "s3:DeleteObject", "arn:aws:s3:::{gateway/bucket}/*"),
        Grant(
            "gateway/export",
            "execute-api:ManageConnections",
            "arn:aws:execute-api:::{gateway/ws-api-id}/live/POST/@connections/*",
        ),
    ),
    "builds the first of the two tables again when the other one is live: after every second rebuild that is taken "
    "(`tests/ops/replay/test_rebuild.py`)": (
        Grant("campaign/rebuild", "dynamodb:PutItem", "arn:aws:dynamodb:::table/{campaign/table/projection}"),
    ),
    "asked only where a second reader is set, which by default is off (`services/dm/tests/test_handlers.py`)": tuple(
        Grant("dm/judge_narrative", f"dynamodb:{action}", _STAGES) for action in ("PutItem", "UpdateItem", "DeleteItem")
    ),
    "forgets a connection that ended without a word: the emulator tells of each end before anybody speaks to it "
    "(`services/gateway/tests/test_socket.py`, `test_narration.py`)": (
        Grant("gateway/push", "dynamodb:GetItem", _GATEWAY),
        Grant("gateway/push", "dynamodb:DeleteItem", _GATEWAY),
        Grant("gateway/narrate", "dynamodb:DeleteItem", _GATEWAY),
    ),
}
"""Grants by the reason why they stay."""


def explain_grants() -> set[Grant]:
    """Every grant that has a reason."""
    return {grant for grants in EXPLAINED.values() for grant in grants}


def find_outdated(compared: GrantComparison) -> set[Grant]:
    """Grants with a reason that are used, or gone."""
    return explain_grants() - set(compared.unused)
