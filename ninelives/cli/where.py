"""The option every operator's command has: which deployment it is about."""

from __future__ import annotations

from typing import Annotated

import typer

EnvironmentOption = Annotated[
    str, typer.Option("--environment", envvar="NINELIVES_ENVIRONMENT", help="local, or one in your AWS account.")
]
