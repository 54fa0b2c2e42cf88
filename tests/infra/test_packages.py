"""Packages hold one service and nothing else, and equal sources give equal packages."""

from __future__ import annotations

import json
import marshal
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath

import pytest

from infra.assets import archive
from infra.assets import target as target_module
from infra.assets.binaries import MAGIC, without_debug_information
from infra.assets.build import Package, build, build_one
from infra.assets.contents import SERVICES, api_ships, aws_apis, dependency_ships, services
from infra.assets.descriptions import drop_documentation
from infra.assets.stand_ins import STAND_INS, put_stand_ins
from infra.assets.target import target
from infra.errors import UserError
from tests.support.packages import zipped_bytes

REPOSITORY = Path(__file__).resolve().parents[2]
AARCH64 = 0xB7  # e_machine of an ELF file
LAMBDA_LIMIT = 250 * 1024 * 1024  # bytes, unpacked
MOST_OF_ANY = 4_000_000
"""Bytes, zipped. Half of it is pydantic's core, which every service has."""
MOST_BYTES = {
    "dm": 5_350_000,  # what it has learnt of phrasings, and twice the code of any other
}
MAKE_CLIENTS = """
import sys
sys.path.insert(0, sys.argv[1])
from botocore.session import get_session
from contracts.envelope import Ancestor
made = get_session().create_client("dynamodb", region_name="us-east-1")
assert made.get_paginator("query") and made.put_item.__doc__ == ""
assert Ancestor.model_validate_json('{"campaign_id": "c_aaaaaaaaaaaaaaaaaaaaaaaaaa", "turn": 1}').turn == 1
print(*sys.modules)
"""


@pytest.fixture(scope="session")
def packages() -> dict[str, Package]:
    return build(SERVICES, "local")


def _names(package: Package) -> list[str]:
    with zipfile.ZipFile(package.path) as opened:
        return opened.namelist()


def test_a_package_holds_its_service_the_contracts_and_stagekit(packages: dict[str, Package]) -> None:
    for service, package in packages.items():
        names = _names(package)
        others = {name.split("/")[1] for name in names if name.startswith("services/") and name.count("/") > 1}
        assert others - {"__pycache__"} == {service}
        assert {"contracts/envelope.py", "stagekit/stage.py", "services/__init__.py"} <= set(names)


def test_tests_documents_and_locks_stay_at_home(packages: dict[str, Package]) -> None:
    for package in packages.values():
        for name in map(PurePosixPath, _names(package)):
            assert "tests" not in name.parts, name
            assert name.name not in {"requirements.txt", "pyproject.toml", "README.md", "RECORD"}, name


def test_a_package_describes_only_the_apis_its_service_calls(packages: dict[str, Package]) -> None:
    for service, package in packages.items():
        described = {
            name.split("/")[2] for name in _names(package) if name.startswith("botocore/data/") and name.count("/") > 2
        }
        assert described == aws_apis(service) != frozenset()


def test_a_service_is_a_folder_with_a_project_file(tmp_path: Path) -> None:
    for name in ("juggling", "napping"):
        (tmp_path / "services" / name).mkdir(parents=True)
    (tmp_path / "services" / "napping" / "pyproject.toml").touch()

    assert services(tmp_path) == ("napping",)


def test_a_service_that_does_not_say_which_apis_it_calls_is_told_where(tmp_path: Path) -> None:
    (tmp_path / "services" / "napping").mkdir(parents=True)
    (tmp_path / "services" / "napping" / "pyproject.toml").write_text("[project]\n")

    with pytest.raises(UserError, match=r"services/napping/pyproject\.toml names no aws-apis"):
        aws_apis("napping", tmp_path)


def test_every_module_comes_compiled_and_those_of_others_without_their_sources(packages: dict[str, Package]) -> None:
    names = set(_names(packages["lore"]))
    tag = target("local").tag
    sources = [PurePosixPath(name) for name in names if name.endswith(".py")]

    assert {module.parts[0] for module in sources} == {"contracts", "services", "stagekit"}
    assert {"pydantic/main.pyc", "botocore/session.pyc"} <= names
    for module in sources:
        assert str(module.parent / "__pycache__" / f"{module.stem}.{tag}.pyc") in names, module


def test_bytecode_names_lines_and_not_columns(packages: dict[str, Package]) -> None:
    with zipfile.ZipFile(packages["lore"].path) as opened:
        compiled = opened.read("pydantic/main.pyc")
    code = marshal.loads(compiled[16:])  # PEP 552: sixteen bytes before the code

    assert {(begin, end) for _, _, begin, end in code.co_positions()} == {(None, None)}
    assert any(line for _, _, line in code.co_lines())


def test_a_service_says_of_an_api_what_a_client_reads_and_not_what_people_do(packages: dict[str, Package]) -> None:
    with zipfile.ZipFile(packages["metrics"].path) as opened:
        [described] = (name for name in opened.namelist() if "data/dynamodb/" in name and "service-2" in name)
        description = json.loads(opened.read(described))
        [aws, *_] = json.loads(opened.read("botocore/data/endpoints.json"))["partitions"]

    assert {"PutItem", "TransactWriteItems"} <= description["operations"].keys()
    assert '"documentation":"' not in json.dumps(description, separators=(",", ":"))
    assert set(aws["services"]) == {"dynamodb", "events", "sqs"} and "eu-central-1" in aws["regions"]


def test_a_member_that_is_called_documentation_stays() -> None:
    described = {"members": {"documentation": {"shape": "Text", "documentation": "Words."}}, "documentation": "More."}

    assert drop_documentation(described) == {"members": {"documentation": {"shape": "Text"}}}


@pytest.mark.parametrize("service", SERVICES)
def test_a_package_is_small(packages: dict[str, Package], service: str) -> None:
    with zipfile.ZipFile(packages[service].path) as opened:
        unpacked = sum(entry.file_size for entry in opened.infolist())

    assert zipped_bytes(packages[service].path) <= MOST_BYTES.get(service, MOST_OF_ANY)
    assert unpacked < LAMBDA_LIMIT / 10


def test_a_compiled_module_brings_what_is_mapped_and_no_debug_information(packages: dict[str, Package]) -> None:
    with zipfile.ZipFile(packages["lore"].path) as opened:
        compiled = {name: opened.read(name) for name in opened.namelist() if name.endswith(".so")}

    assert len(compiled) == 2
    for name, binary in compiled.items():
        assert binary.startswith(MAGIC), name
        assert without_debug_information(binary) == binary, name
    assert min(map(len, compiled.values())) < 1_000_000  # of the stemmer's 2.7 MB
    assert without_debug_information(b"#!/bin/sh") == b"#!/bin/sh"


def test_what_is_changed_of_an_installed_file_is_changed_in_the_package_alone(tmp_path: Path) -> None:
    cached, tree = tmp_path / "cached.py", tmp_path / "tree"
    for name in STAND_INS:
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        cached.write_text("of all environments")
        (tree / name).hardlink_to(cached)

    put_stand_ins(tree)

    assert cached.read_text() == "of all environments"
    assert {name: (tree / name).read_text() for name in STAND_INS} == STAND_INS


def test_clients_and_models_are_made_without_what_stand_ins_stand_for(
    packages: dict[str, Package], tmp_path: Path
) -> None:
    with zipfile.ZipFile(packages["gateway"].path) as opened:
        opened.extractall(tmp_path)
    made = subprocess.run(
        [sys.executable, "-I", "-S", "-c", MAKE_CLIENTS, str(tmp_path)], capture_output=True, text=True, check=True
    )

    loaded = set(made.stdout.split())
    assert {"botocore.client", "botocore.waiter", "pydantic.main", "urllib3.connection"} <= loaded
    assert {"importlib.metadata", "html.parser", "botocore.docs.service"} & loaded == set()
    assert [name for name in STAND_INS if not (tmp_path / name).with_suffix(".pyc").is_file()] == []


def test_two_builds_from_nothing_have_one_hash(packages: dict[str, Package], tmp_path: Path) -> None:
    again = build(["metrics"], "local", tmp_path / "again")["metrics"]

    assert again.path.parent != packages["metrics"].path.parent
    assert again.path.read_bytes() == packages["metrics"].path.read_bytes()
    assert again.digest == packages["metrics"].digest


def test_a_package_for_lambda_holds_arm64_binaries_for_its_python(tmp_path: Path) -> None:
    try:
        package = build(["lore"], "aws", tmp_path)["lore"]
    except UserError as error:
        if "Failed to fetch" in str(error):
            pytest.skip("the package index does not answer")
        raise
    names = _names(package)
    with zipfile.ZipFile(package.path) as opened:
        binaries = {name: opened.read(name)[:20] for name in names if name.endswith(".so")}

    assert binaries
    if target("aws").python:
        assert [name for name in names if name.endswith(".py")] == []
        assert {"contracts/envelope.pyc", "services/lore/handlers/retrieve_lore.pyc"} <= set(names)
    for name, header in binaries.items():
        assert ".cpython-313-aarch64" in name
        assert int.from_bytes(header[18:20], "little") == AARCH64, name


def test_a_package_is_not_built_again_when_nothing_changed(packages: dict[str, Package]) -> None:
    before = packages["lore"].path.stat().st_mtime_ns

    assert build(["lore"], "local")["lore"].path.stat().st_mtime_ns == before


def test_a_changed_file_changes_the_hash(tmp_path: Path) -> None:
    def pack(content: str) -> str:
        source = tmp_path / "module.py"
        source.write_text(content)
        return archive.write({"module.py": source}, tmp_path / "package.zip")

    assert pack("lives = 9") != pack("lives = 8")


def test_the_hash_does_not_depend_on_when_files_were_written(tmp_path: Path) -> None:
    source = tmp_path / "module.py"
    source.write_text("lives = 9")
    archive.write({"module.py": source}, tmp_path / "one.zip")
    shutil.copyfile(source, tmp_path / "later.py")
    archive.write({"module.py": tmp_path / "later.py"}, tmp_path / "two.zip")

    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_service_without_a_lock_is_told_to_lock(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="make lock"):
        build_one("nobody", target("local"), tmp_path)


def test_a_target_there_is_not_is_refused() -> None:
    with pytest.raises(UserError, match="local or aws"):
        target("moon")


def test_licences_are_shipped_with_what_they_license() -> None:
    assert dependency_ships(PurePosixPath("pydantic-2.14.3.dist-info/licenses/LICENSE"))
    assert not dependency_ships(PurePosixPath("pydantic-2.14.3.dist-info/METADATA"))
    assert not dependency_ships(PurePosixPath("pydantic-2.14.3.dist-info/RECORD"))


@pytest.mark.parametrize(
    ("name", "ships"),
    [
        ("pydantic/v1/main.py", False),
        ("pydantic/main.py", True),
        ("aws_lambda_powertools/utilities/idempotency/base.py", False),
        ("aws_lambda_powertools/utilities/jmespath_utils/__init__.py", True),
    ],
)
def test_parts_of_dependencies_that_nobody_imports_stay_at_home(name: str, ships: bool) -> None:
    assert dependency_ships(PurePosixPath(name)) is ships


@pytest.mark.parametrize("name", ["endpoints.json", "partitions.json", "_retry.json", "sdk-default-configuration.json"])
def test_what_every_aws_client_reads_is_always_there(name: str) -> None:
    assert api_ships(PurePosixPath("botocore/data") / name, frozenset())
    assert not api_ships(PurePosixPath("botocore/data/ec2/2016-11-15/service-2.json.gz"), frozenset({"sqs"}))


@pytest.mark.parametrize(("there", "comes", "asked"), [(True, True, 0), (False, True, 1), (False, False, 1)])
def test_an_interpreter_that_compiles_for_lambda_is_fetched_where_there_is_none(
    monkeypatch: pytest.MonkeyPatch, there: bool, comes: bool, asked: int
) -> None:
    fetched: list[list[str]] = []
    found = {False: there, True: comes}
    monkeypatch.setattr(target_module, "_lambda_python", lambda: "python3.13" if found[bool(fetched)] else None)
    monkeypatch.setattr(target_module.subprocess, "run", lambda command, **_: fetched.append(command))

    assert (target_module.lambda_python() is not None) is comes
    assert [command[1:] for command in fetched] == [["python", "install", "3.13"]] * asked
