"""The catalogue of tools, as a model gets it: names, one-line descriptions, strict JSON Schemas.

It is part of the contract: `contracts/catalogue.json` holds what `render` gives, and the dm service reads only that.
"""

from __future__ import annotations

import json
from typing import Any

from services.tools.domain.registry import TOOLS
from services.tools.domain.tool import Tool


def catalogue() -> list[dict[str, Any]]:
    """Every tool, by name."""
    return [entry(TOOLS[name]) for name in sorted(TOOLS)]


def entry(tool: Tool) -> dict[str, Any]:
    """One tool: what a model reads, and beside it what its arguments refer to, for whoever checks what a model says.
    Every argument is listed as required; those that may be left out take null."""
    properties = tool.intent.model_json_schema().get("properties", {})
    arguments = {name: _argument(given) for name, given in properties.items()}
    refers_to = {name: given["refers_to"] for name, given in properties.items() if "refers_to" in given}
    return {
        "name": tool.name,
        "description": tool.description,
        "input_schema": {
            "type": "object",
            "properties": arguments,
            "required": list(arguments),
            "additionalProperties": False,
        },
        **({"refers_to": refers_to} if refers_to else {}),
    }


def render() -> str:
    """The catalogue as the committed file has it: one line per tool, the same bytes every time."""
    lines = (json.dumps(tool, ensure_ascii=False, sort_keys=True) for tool in catalogue())
    return "[\n" + ",\n".join(lines) + "\n]\n"


def _argument(given: dict[str, Any]) -> dict[str, Any]:
    """Type, choice and description; lengths stay with the rules, for strict modes of models do not take them."""
    nullable = "anyOf" in given
    kind = given["anyOf"][0] if nullable else given
    argument: dict[str, Any] = {"type": [kind["type"], "null"] if nullable else kind["type"]}
    if "enum" in kind:
        argument["enum"] = [*kind["enum"], None] if nullable else kind["enum"]
    if "description" in given:
        argument["description"] = given["description"]
    return argument


if __name__ == "__main__":
    print(render(), end="")
