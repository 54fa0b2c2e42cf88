"""Both ways: what is done and not allowed, and what is allowed and not done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from infra.permissions.needs import Need
from infra.permissions.record import Call
from infra.permissions.roles import Grant, Role

NOBODY = Role("nobody", ())
CALLED = "called"


@dataclass(frozen=True)
class GrantComparison:
    """`used` says for every grant who uses it: nobody, where the list is empty."""

    denied: list[Call | Need]
    used: dict[Grant, list[str]]

    @property
    def unused(self) -> list[Grant]:
        return [grant for grant, by in self.used.items() if not by]


def compare(roles: Mapping[str, Role], calls: Iterable[Call], needs: Iterable[Need]) -> GrantComparison:
    """Hold what functions ask (`calls`) and what AWS does in their names (`needs`) against their roles."""
    done: list[Call | Need] = [*calls, *needs]
    denied = [each for each in done if not roles.get(each[0], NOBODY).allows(each[1], each[2])]
    grants = [grant for role in roles.values() for grant in role.grants()]
    return GrantComparison(
        denied, {grant: sorted({_user(each) for each in done if _by(grant, each)}) for grant in grants}
    )


def _by(grant: Grant, done: Call | Need) -> bool:
    """Whether this grant is one that allows it."""
    if (done[0], done[1]) != (grant.holder, grant.action):
        return False
    alone = Role(grant.holder, ({"Effect": "Allow", "Action": [grant.action], "Resource": [grant.resource]},))
    return alone.allows(done[1], done[2])


def _user(done: Call | Need) -> str:
    return done.purpose if isinstance(done, Need) else CALLED
