"""The services, and the files that belong into the package of each."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from infra.errors import UserError

REPOSITORY = Path(__file__).resolve().parents[2]
PROJECT = "pyproject.toml"

API_DESCRIPTIONS = PurePosixPath("botocore/data")
SHARED = ("contracts", "stagekit")
NOT_SHIPPED = frozenset({"tests", "__pycache__", "schemas", "released", "node_modules"})
NOT_SHIPPED_FILES = frozenset(
    {"pyproject.toml", "requirements.txt", "RECORD", "INSTALLER", "REQUESTED", "WHEEL", ".lock"}
)
NOT_SHIPPED_SUFFIXES = frozenset({".md", ".pyc", ".pyi", ".typed"})
NOT_USED = frozenset(
    {
        "annotated_types/test_cases.py",
        "aws_lambda_powertools/event_handler",
        *(f"botocore/docs/{each}" for each in ("bcdoc", "client.py", "example.py", "method.py", "paginator.py")),
        *(f"botocore/docs/{each}" for each in ("params.py", "service.py", "shape.py", "sharedexample.py")),
        *(f"botocore/docs/{each}" for each in ("translator.py", "waiter.py")),
        "botocore/stub.py",
        "dateutil/rrule.py",
        "dateutil/tz/win.py",
        "dateutil/zoneinfo",
        "pydantic/color.py",
        "pydantic/mypy.py",
        "pydantic/v1",
        "urllib3/contrib/emscripten",
        "urllib3/contrib/pyopenssl.py",
        "urllib3/http2/connection.py",
    }
)
"""Parts of dependencies that no service imports, with the stand-ins there."""
POWERTOOLS = PurePosixPath("aws_lambda_powertools/utilities")
USED_UTILITIES = frozenset({"__init__.py", "jmespath_utils", "typing"})
"""The utilities that are imported, of a dozen, Powertools' own imports included."""


def services(repository: Path = REPOSITORY) -> tuple[str, ...]:
    """Every service by name: the folders of `services/` with a project file."""
    return tuple(sorted(project.parent.name for project in (repository / "services").glob(f"*/{PROJECT}")))


SERVICES = services()


def aws_apis(service: str, repository: Path = REPOSITORY) -> frozenset[str]:
    """The AWS APIs that a service calls, as its project file says. Raises UserError when it does not say.

    botocore's descriptions of all others (25 MB) stay out of its package.
    """
    project = repository / "services" / service / PROJECT
    try:
        said = tomllib.loads(project.read_text(encoding="utf-8"))["tool"]["ninelives"]["aws-apis"]
    except (OSError, KeyError) as error:
        raise UserError(f"services/{service}/{PROJECT} names no aws-apis below [tool.ninelives].") from error
    return frozenset(said)


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
    if name.parts[0].endswith(".dist-info"):
        return "licen" in name.as_posix().lower()
    unused = NOT_USED & {each.as_posix() for each in (name, *name.parents)}
    if unused or (POWERTOOLS in name.parents and name.parts[2] not in USED_UTILITIES):
        return False
    return name.parts[0] != "bin" and name.name != "examples-1.json" and _ships(name)


def api_ships(name: PurePosixPath, apis: frozenset[str]) -> bool:
    """Whether a file is of use to a service that calls `apis`: drops the descriptions of other APIs."""
    if API_DESCRIPTIONS not in name.parents:
        return True
    inside = name.relative_to(API_DESCRIPTIONS).parts
    return len(inside) == 1 or inside[0] in apis  # files directly inside: endpoints, partitions, retries


def _ships(name: PurePosixPath) -> bool:
    return (
        not NOT_SHIPPED & set(name.parts)
        and name.name not in NOT_SHIPPED_FILES
        and name.suffix not in NOT_SHIPPED_SUFFIXES
    )
