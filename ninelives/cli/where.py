"""The option every operator's command has: which deployment it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from infra.errors import UserError

if TYPE_CHECKING:
    from infra.site import Site

Environment = Annotated[
    str, typer.Option("--environment", envvar="NINELIVES_ENVIRONMENT", help="local, or one in your AWS account.")
]


def chosen(environment: str) -> Site:
    """The deployment of this name. Raises UserError, which the command line tells in one line."""
    from infra.site import Unknown
    from ninelives.environment import site

    try:
        return site(environment)
    except Unknown as error:
        raise UserError(str(error)) from error
