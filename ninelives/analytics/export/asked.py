"""The request of an export: which span of time, which kinds of events, which campaigns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from infra.errors import UserError
from ninelives.ops.replay.window import Window, window

UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
AGO = re.compile(r"(\d{1,6})([smhdw])")
CAMPAIGN = re.compile(r"c_[a-z2-7]{26}")
DETAIL_TYPE = re.compile(r"[A-Z][A-Za-z]{0,63}(\.v\d{1,4})?")


@dataclass(frozen=True)
class Asked:
    """The arguments of an export as they were given; relative times mean what they meant when it began."""

    environment: str
    start: str | None = None
    end: str | None = None
    types: tuple[str, ...] = ()
    campaigns: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, environment: str, start: str | None, end: str | None, types: Iterable[str], ids: Iterable[str]
    ) -> Asked:
        """Raises UserError for a type or an id that none can be."""
        asked = cls(environment, start, end, tuple(sorted(set(types))), tuple(sorted(set(ids))))
        for kind in asked.types:
            if not DETAIL_TYPE.fullmatch(kind):
                raise UserError(f"{kind} is no type of an event, such as TurnResolved or TurnResolved.v1.")
        for campaign in asked.campaigns:
            if not CAMPAIGN.fullmatch(campaign):
                raise UserError(f"{campaign} is no campaign's id.")
        return asked

    @property
    def narrowed(self) -> bool:
        """Whether it is a selection of types: streams then have holes on purpose."""
        return bool(self.types)

    def window(self, now: datetime) -> Window:
        """The span asked for; raises UserError when the archive may not have it whole yet."""
        return window(_absolute(self.start, now), _absolute(self.end, now), self.environment, now)

    def wants(self, detail_type: str, campaign_id: str) -> bool:
        """Whether the selection takes this event. A type without a version means every version."""
        name = detail_type.partition(".")[0]
        return (not self.types or bool({detail_type, name}.intersection(self.types))) and (
            not self.campaigns or campaign_id in self.campaigns
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "environment": self.environment,
            "from": self.start,
            "to": self.end,
            "types": list(self.types),
            "campaigns": list(self.campaigns),
        }


def _absolute(text: str | None, now: datetime) -> str | None:
    """`now`, or how long ago ("90m", "2d"), as ISO 8601; anything else as it is."""
    if text is None:
        return None
    ago = AGO.fullmatch(text)
    if not ago and text != "now":
        return text
    try:
        past = timedelta(**{UNITS[ago[2]]: int(ago[1])}) if ago else timedelta(0)
        return (now - past).astimezone(UTC).replace(microsecond=0).isoformat()
    except OverflowError:
        raise UserError(f"{text} ago was before time.") from None
