"""Limits on how often players may ask for what costs something: settings of a deployment, generous on a laptop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Allowance:
    """One limit: what the gateway calls it, its window, and what it is where nobody says otherwise."""

    what: str
    seconds: int
    in_aws: int
    on_a_laptop: int = 6000


ALLOWANCES = {
    "turns_per_minute": Allowance("turns", 60, 20),
    "waits_per_minute": Allowance("waits", 60, 120),
    "tickets_per_minute": Allowance("tickets", 60, 20),
    "manifests_per_minute": Allowance("manifests", 60, 30),
    "campaigns_per_hour": Allowance("campaigns", 3600, 20),
    "forks_per_hour": Allowance("forks", 3600, 20),
    "reports_per_hour": Allowance("reports", 3600, 20),
    "exports_per_day": Allowance("exports", 86400, 3),
    "guests_per_hour": Allowance("guests", 3600, 10),
    "neighbouring_guests_per_hour": Allowance("neighbouring-guests", 3600, 60),
    "all_guests_per_day": Allowance("all-guests", 86400, 2000),
    "sign_ins_per_hour": Allowance("sign-ins", 3600, 60),
    "accounts_per_hour": Allowance("accounts", 3600, 10),
    "mails_per_hour": Allowance("mails", 3600, 10),
    "codes_per_hour": Allowance("codes", 3600, 20),
}
"""The keys of the CDK context. Guests, sign-ins, and mails and codes for a lost password are counted by address,
neighbouring guests by network (/24, /48), all guests together, the others by player. What guests of a day there may be
bounds what Cognito costs; one neighbourhood alone cannot use them up."""


class NoNumber(Exception):
    """A limit that is none."""


def limits(context: Mapping[str, Any], durable: bool) -> str:
    """The value of LIMITS, e.g. `turns=20/60`. Raises NoNumber."""
    return " ".join(f"{it.what}={_most(key, it, context, durable)}/{it.seconds}" for key, it in ALLOWANCES.items())


def _most(key: str, allowance: Allowance, context: Mapping[str, Any], durable: bool) -> int:
    value = context.get(key) or (allowance.in_aws if durable else allowance.on_a_laptop)
    if not str(value).isdigit() or not 1 <= int(value) <= 1_000_000:
        raise NoNumber(f"{key} is {value!r}: use a whole number from 1 to 1000000.")
    return int(value)
