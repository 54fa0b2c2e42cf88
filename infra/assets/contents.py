"""Which files belong into a service's package."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

REPOSITORY = Path(__file__).resolve().parents[2]

AWS_APIS: dict[str, frozenset[str]] = {
    "lore": frozenset({"events"}),
    "dm": frozenset({"bedrock-runtime", "dynamodb", "events", "sqs"}),
    "tools": frozenset({"dynamodb", "events"}),
    "campaign": frozenset({"dynamodb", "events", "sqs"}),
    "chronicle": frozenset({"dynamodb", "sqs"}),
    "gateway": frozenset(
        {"apigatewaymanagementapi", "cognito-idp", "dynamodb", "events", "lambda", "sqs", "stepfunctions"}
    ),
    "audit": frozenset({"dynamodb", "sqs"}),
    "metrics": frozenset({"dynamodb", "sqs"}),
}
"""The AWS APIs each service calls: botocore's descriptions of all others (25 MB) stay out of its package."""

SERVICES = tuple(AWS_APIS)

API_DESCRIPTIONS = (PurePosixPath("botocore/data"), PurePosixPath("boto3/data"))
SHARED = ("contracts", "stagekit")
NOT_SHIPPED = frozenset({"tests", "__pycache__", "schemas", "released", "node_modules"})
NOT_SHIPPED_FILES = frozenset({"pyproject.toml", "requirements.txt", "RECORD", "INSTALLER", "REQUESTED", "WHEEL"})
NOT_SHIPPED_SUFFIXES = frozenset({".md", ".pyc", ".pyi", ".typed"})


def code_of(service: str, repository: Path = REPOSITORY) -> Iterator[tuple[str, Path]]:
    """Name in the package and path on disk of every source file, in order of name."""
    yield "services/__init__.py", repository / "services" / "__init__.py"
    for root in (*SHARED, f"services/{service}"):
        for path in sorted((repository / root).rglob("*")):
            name = path.relative_to(repository)
            if path.is_file() and _ships(PurePosixPath(name.as_posix())):
                yield name.as_posix(), path


def dependency_ships(name: PurePosixPath) -> bool:
    """Whether an installed file is worth shipping to any service."""
    metadata = name.parts[0].endswith(".dist-info")
    if metadata:
        return name.name == "METADATA" or "licen" in name.as_posix().lower()
    return name.parts[0] != "bin" and name.name != "examples-1.json" and _ships(name)


def api_ships(name: PurePosixPath, apis: frozenset[str]) -> bool:
    """Whether a file is of use to a service that calls `apis`: drops the descriptions of other APIs."""
    for root in API_DESCRIPTIONS:
        if root in name.parents:
            inside = name.relative_to(root).parts
            return len(inside) == 1 or inside[0] in apis  # files directly inside: endpoints, partitions, retries
    return True


def _ships(name: PurePosixPath) -> bool:
    return (
        not NOT_SHIPPED & set(name.parts)
        and name.name not in NOT_SHIPPED_FILES
        and name.suffix not in NOT_SHIPPED_SUFFIXES
    )
