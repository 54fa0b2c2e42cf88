"""botocore's descriptions of APIs, cut to what a service calls and a client reads.

A container reads them before it makes its first client. They are mostly documentation, and the table of endpoints has
over a megabyte of JSON about some three hundred services. Regions, partitions and their defaults stay as they are.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

DATA = PurePosixPath("botocore/data")
ENDPOINTS = "endpoints.json"
PACKED, SERVICE = ".gz", "service-2.json"
OTHER_NAMES = {"bedrock-agent-runtime": "bedrock", "bedrock-runtime": "bedrock", "stepfunctions": "states"}
"""The table of endpoints goes by what hosts are called, where that is not the API's name."""


def cut_descriptions(dependencies: Path, apis: Collection[str]) -> Iterator[tuple[str, str]]:
    """The name in a package, and the JSON, of each description in these dependencies that is to be shorter there."""
    table = dependencies / DATA / ENDPOINTS
    if table.exists():
        yield str(DATA / ENDPOINTS), _text(_endpoints(json.loads(table.read_text(encoding="utf-8")), apis))
    for api in sorted(apis):
        for packed in sorted((dependencies / DATA / api).glob(f"*/{SERVICE}{PACKED}")):
            name = packed.relative_to(dependencies).as_posix().removesuffix(PACKED)
            yield name, _text(drop_documentation(json.loads(gzip.decompress(packed.read_bytes()))))


def is_cut(name: PurePosixPath) -> bool:
    """Whether a file of botocore goes into a package as `cut_descriptions` has it."""
    return name == DATA / ENDPOINTS or (DATA in name.parents and name.name == f"{SERVICE}{PACKED}")


def drop_documentation(description: Any) -> Any:
    """A description without its texts. A member that is called `documentation` is an object and stays."""
    if isinstance(description, dict):
        kept = {key: value for key, value in description.items() if key != "documentation" or isinstance(value, dict)}
        return {key: drop_documentation(value) for key, value in kept.items()}
    return [drop_documentation(each) for each in description] if isinstance(description, list) else description


def _endpoints(table: Any, apis: Collection[str]) -> Any:
    kept = {*apis, *(OTHER_NAMES[api] for api in apis if api in OTHER_NAMES)}
    for partition in table["partitions"]:
        partition["services"] = {name: each for name, each in partition["services"].items() if name in kept}
    return table


def _text(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))
