"""Purses in the gateway's table: LIMIT#<player or household> / turns#<day>, forgotten by TTL.

`spent` is in millionths of a share, `made_…` counts the turns of one player in one window. A guest's purse is that of
the household which the request came from; whoever has a verified e-mail has an own one. Which it is, is seen when all
are read.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from services.gateway.adapters import items
from services.gateway.domain.purses import Charge, Purse, is_stale, name_counter

if TYPE_CHECKING:
    from services.gateway.domain.quotas import Quota

Found = Mapping[str, Any] | None


class DynamoPurses:
    """Keys, reads and the write of purses for an admission, which does them together with all else."""

    def __init__(self, table: str) -> None:
        self._table = table

    def keys(self, player: str, household: str, day: date) -> list[items.Item]:
        """Whether the player has an account, and both purses that may be theirs."""
        account = items.item({"pk": f"PLAYER#{player}", "sk": "ACCOUNT"})
        return [account, _key(player, day), _key(household, day)]

    def read(
        self, player: str, household: str, day: date, quota: Quota | None, found: list[items.Item | None]
    ) -> Purse:
        """The purse that counts, of what lies under `keys`."""
        account, own, shared = found
        is_known = bool(account) and "verified" in (account or {})
        subject, stored = (player, own) if is_known else (household, shared)
        values = items.plain(stored) if stored else {}
        counter = name_counter(player, quota) if quota else ""
        stale = sorted(name for name in values if is_stale(name, quota)) if quota else ()
        return Purse(subject, day, values.get("spent", 0), counter, values.get(counter, 0), tuple(stale))

    def charge_write(self, charge: Charge, quota: Quota | None) -> dict[str, Any]:
        """Adds the charge, and counts the turn if there is room: whoever is admitted at the same moment counts, too."""
        purse = charge.purse
        write: dict[str, Any] = {"TableName": self._table, "Key": _key(purse.subject, purse.day)}
        values: dict[str, int] = {":added": charge.added, ":until": purse.until}
        change = "ADD spent :added"
        if quota:
            names = {"#made": purse.counter, **{f"#stale{n}": name for n, name in enumerate(purse.stale)}}
            write["ConditionExpression"] = "attribute_not_exists(#made) OR #made < :most"
            write["ExpressionAttributeNames"] = names
            values |= {":one": 1, ":most": quota.limit.most}
            change += ", #made :one"
        dropped = f" REMOVE {', '.join(f'#stale{n}' for n in range(len(purse.stale)))}" if purse.stale else ""
        write["UpdateExpression"] = f"{change} SET expires_at = :until{dropped}"
        return {"Update": {**write, "ExpressionAttributeValues": items.item(values)}}


def _key(subject: str, day: date) -> items.Item:
    return items.item({"pk": f"LIMIT#{subject}", "sk": f"turns#{day.isoformat()}"})
