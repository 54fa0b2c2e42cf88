"""The names of contracts in parts, as `make schemas` writes them down."""

from __future__ import annotations

from pathlib import Path

from ninelives.contracttools import parts


def test_the_names_that_are_written_down_are_those_of_the_sources() -> None:
    assert parts.FILE.read_text(encoding="utf-8") == parts.render(), "run `ninelives contracts schemas`"


def test_classes_functions_and_constants_are_named_and_what_is_private_or_imported_is_not(tmp_path: Path) -> None:
    (tmp_path / "feed").mkdir()
    (tmp_path / "feed" / "__init__.py").touch()
    (tmp_path / "feed" / "food.py").write_text(
        "from x import Imported\nclass Tin: ...\ndef open_tin(): ...\nMOST: int = 9\nKINDS = ()\n_HIDDEN = 1\n"
    )

    assert (
        '"food": (\n            "KINDS",\n            "MOST",\n            "Tin",\n            "open_tin",'
        in parts.render(tmp_path)
    )
