"""The stacks by name and the order they are deployed in. Standard library only: workflows ask before anything is
installed."""

from __future__ import annotations

from infra.assets.contents import REPOSITORY

STACKS = tuple(sorted(file.stem for file in (REPOSITORY / "infra" / "stacks").glob("[!_]*.py")))
"""Every stack: the modules of `infra/stacks/`."""

PLATFORM = "platform"
READS_NAMES_OF = {
    "gateway": ("lore", "dm", "tools", "campaign", "chronicle"),
    "operations": ("gateway",),
    "web": ("gateway",),
}
"""Stacks that read names which others publish, besides the platform's: on a first deployment those go before them."""


def deployed_after(stack: str) -> tuple[str, ...]:
    """The stacks that must be there before this one."""
    return () if stack == PLATFORM else (PLATFORM, *READS_NAMES_OF.get(stack, ()))


def stages() -> tuple[tuple[str, ...], ...]:
    """All stacks in the order of their deployment: those of one stage can go side by side."""
    return tuple(tuple(stack for stack in STACKS if _stage(stack) == stage) for stage in range(_last() + 1))


def _stage(stack: str) -> int:
    return 1 + max((_stage(other) for other in deployed_after(stack)), default=-1)


def _last() -> int:
    return max(map(_stage, STACKS))
