"""`ninelives world check DIR`: 0 playable, 1 faults, 2 no pack."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner, Result

from ninelives.cli.world import world_app
from services.lore.tests.small_world import Content, small_world
from services.lore.wiring import WORLDS


def check(directory: Path) -> Result:
    return CliRunner().invoke(world_app, ["check", str(directory)])


def write(directory: Path, content: Content, name: str = "pack.json") -> Path:
    (directory / name).write_text(json.dumps(content))
    return directory


def test_the_city_is_playable() -> None:
    result = check(WORLDS / "nekopolis")

    assert result.exit_code == 0
    assert "Nekopolis 1.0.0 is playable" in result.output


def test_any_other_world_is_checked_just_the_same(tmp_path: Path) -> None:
    assert check(write(tmp_path, small_world())).exit_code == 0


def test_faults_are_listed_one_a_line_with_file_and_id(tmp_path: Path) -> None:
    content = small_world()
    content["places"][1]["exits"][0]["to"] = "spout"
    content["enemies"][0]["hp"] = 0

    result = check(write(tmp_path, content))

    assert result.exit_code == 1
    assert "pack.json: rim: exit handle-down names spout" in result.output
    assert "pack.json: ant: hp does not fit" in result.output


def test_broken_syntax_is_a_fault_of_its_file(tmp_path: Path) -> None:
    write(tmp_path, small_world())
    (tmp_path / "extra.json").write_text('{"items": [')

    result = check(tmp_path)

    assert result.exit_code == 1
    assert "extra.json: (file): is not JSON in UTF-8" in result.output


def test_a_section_written_twice_in_one_file_is_not_lost_in_silence(tmp_path: Path) -> None:
    write(tmp_path, small_world())
    (tmp_path / "extra.json").write_text('{"rumours": [], "rumours": []}')

    result = check(tmp_path)

    assert result.exit_code == 1
    assert "rumours is there twice" in result.output


def test_a_directory_without_a_pack_and_no_directory_at_all_are_unusable(tmp_path: Path) -> None:
    assert check(tmp_path).exit_code == 2
    assert check(tmp_path / "missing").exit_code == 2
    assert check(write(tmp_path, {}) / "pack.json").exit_code == 2
