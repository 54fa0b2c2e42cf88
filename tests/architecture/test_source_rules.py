"""Rules of the sources that an import graph cannot state."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
SERVICES = REPOSITORY / "services"
IMPURE_MODULES = {"os", "time", "random", "secrets", "socket", "subprocess", "urllib.request", "boto3", "botocore"}
IMPURE_CALLS = {"datetime.now", "datetime.utcnow", "date.today", "uuid.uuid1", "uuid.uuid4", "uuid4", "open"}
NOT_AT_IMPORT = ("os.environ", "environ[", "environ.get", "os.getenv", "boto3.client", "boto3.resource")


def _sources(*patterns: str) -> Iterator[Path]:
    for pattern in patterns:
        yield from (path for path in sorted(REPOSITORY.glob(pattern)) if "tests" not in path.parts)


def _name(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


def _parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def _at_import(tree: ast.Module) -> Iterator[ast.AST]:
    """Everything that runs when the module is imported: all but the bodies of functions."""
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            waiting += [*node.decorator_list, *node.args.defaults]
        elif not isinstance(node, ast.Lambda):
            yield node
            waiting += ast.iter_child_nodes(node)


def test_contracts_import_pydantic_and_nothing_else() -> None:
    allowed = {"contracts", "pydantic", *sys.stdlib_module_names}
    offenders = {
        _name(path): strangers
        for path in _sources("contracts/*.py")
        if (strangers := {name.split(".")[0] for name in _imports(_parse(path))} - allowed)
    }

    assert offenders == {}


def test_the_domain_has_no_clock_no_dice_of_its_own_and_no_environment() -> None:
    offenders = {}
    for path in _sources("services/*/domain/**/*.py"):
        called = {ast.unparse(node.func) for node in ast.walk(_parse(path)) if isinstance(node, ast.Call)}
        impure = set(_imports(_parse(path))) & IMPURE_MODULES | called & IMPURE_CALLS
        offenders |= {_name(path): impure} if impure else {}

    assert offenders == {}


def test_what_is_kept_of_the_words_of_players_and_models_has_a_bound() -> None:
    offenders = [
        f"{_name(path)}: {node.name}"
        for path in _sources("services/**/*.py", "stagekit/*.py")
        for node in ast.walk(_parse(path))
        if isinstance(node, ast.FunctionDef)
        and "cache" in map(ast.unparse, node.decorator_list)
        and {"word", "words", "text", "name", "action"} & {each.arg for each in node.args.args}
    ]

    assert offenders == []


def test_a_handler_is_wiring_and_nothing_else() -> None:
    lengths = {_name(path): len(path.read_text().splitlines()) for path in _sources("services/*/handlers/*.py")}

    assert {name: lines for name, lines in lengths.items() if lines >= 30} == {}


def test_nothing_is_read_from_the_environment_and_no_client_is_made_at_import() -> None:
    offenders = [
        f"{_name(path)}: {ast.unparse(node)}"
        for path in _sources("contracts/*.py", "stagekit/*.py", "services/**/*.py")
        for node in _at_import(_parse(path))
        if isinstance(node, ast.Call | ast.Subscript) and ast.unparse(node).startswith(NOT_AT_IMPORT)
    ]

    assert offenders == []


def test_every_service_has_the_same_outline() -> None:
    for service in sorted(path for path in SERVICES.iterdir() if path.is_dir() and path.name != "__pycache__"):
        for part in ("pyproject.toml", "requirements.txt", "README.md", "handlers", "domain", "tests"):
            assert (service / part).exists(), f"{service.name} has no {part}"


def test_the_readme_says_where_every_service_is() -> None:
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    services = [path.parent.name for path in SERVICES.glob("*/pyproject.toml")]

    assert [service for service in services if f"](services/{service})" not in text] == []
