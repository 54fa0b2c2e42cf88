"""Calls of other services' functions, read from the caller's source: nothing here can fall behind what is deployed."""

from __future__ import annotations

import ast
import re
from pathlib import Path

SERVICES = Path(__file__).resolve().parents[2] / "services"


def called_functions(service: str) -> dict[str, tuple[str, str]]:
    """By name of the request: the service and its function, as FUNCTIONS in `adapters/service_functions.py` says."""
    source = SERVICES / service / "adapters" / "service_functions.py"
    [table] = [
        node.value
        for node in ast.parse(source.read_text(encoding="utf-8")).body
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "FUNCTIONS"
    ]
    if not isinstance(table, ast.Dict):
        raise ValueError(f"{source}: FUNCTIONS is no table")
    return {
        ast.unparse(request): ast.literal_eval(owner)
        for request, owner in zip(table.keys, table.values, strict=True)
        if request is not None
    }


def name_variable(request: str) -> str:
    """The environment variable that holds the name of the function: CREATE_CAMPAIGN_FUNCTION of CreateCampaign."""
    return f"{re.sub('(?<!^)(?=[A-Z])', '_', request).upper()}_FUNCTION"
