"""`ninelives contracts check`: exit status, lines and JSON, as scripts rely on them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from ninelives.cli.contracts import contracts_app
from tests.contracttools.compatibility.gate import TEXT, WHOLE, record

Check = Callable[..., Result]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    def run(old: Any, new: Any, *options: str) -> Result:
        for name, schema in (("old.json", old), ("new.json", new)):
            (tmp_path / name).write_text(json.dumps(schema))
        return CliRunner().invoke(
            contracts_app, ["check", *options, *(str(tmp_path / n) for n in ("old.json", "new.json"))]
        )

    return run


def test_a_compatible_change_exits_0(check: Check) -> None:
    result = check(record({"a": TEXT}), record({"a": TEXT, "b": WHOLE}))

    assert (result.exit_code, result.stdout) == (0, "compatible\n")


def test_a_break_exits_1_with_one_line_each(check: Check) -> None:
    result = check(record({"a": TEXT}), record({"a": WHOLE}))

    assert result.exit_code == 1
    assert [line.split(" ")[:3] for line in result.stdout.splitlines()] == [
        ["backward", "$.a", "type"],
        ["forward", "$.a", "type"],
    ]


def test_json_says_the_same(check: Check) -> None:
    broken = json.loads(check(record({"a": TEXT}), record({"a": TEXT, "b": TEXT}, "b"), "--json").stdout)
    fine = json.loads(check(record({"a": TEXT}), record({"a": TEXT}), "--json").stdout)

    assert fine == {"compatible": True, "breaks": []}
    assert not broken["compatible"]
    assert [(each["direction"], each["path"], each["rule"]) for each in broken["breaks"]] == [
        ("backward", "$.b", "required")
    ]


def test_unusable_input_exits_2_with_one_line_that_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "good.json").write_text("{}")
    (tmp_path / "bad.json").write_bytes(b'{"a": 1, "a": 2}')
    good = str(tmp_path / "good.json")
    for bad in ("bad.json", "missing.json", "."):
        path = str(tmp_path / bad)
        for order in ([path, good], [good, path]):
            result = CliRunner().invoke(contracts_app, ["check", *order])

            assert (result.exit_code, result.stdout) == (2, "")
            assert result.stderr.startswith("unusable ")
            assert Path(path).name in result.stderr
            assert len(result.stderr.splitlines()) == 1


def test_definitions_nested_beyond_measure_exit_2(check: Check) -> None:
    def chain(foot: Any) -> dict[str, Any]:
        links = {f"C{n}": record({"n": {"$ref": f"#/$defs/C{n + 1}"}}) for n in range(500)}
        return {"$ref": "#/$defs/C0", "$defs": {**links, "C500": foot}}

    result = check(chain(TEXT), chain(WHOLE))

    assert (result.exit_code, result.stdout) == (2, "")
    assert "too deeply" in result.stderr
