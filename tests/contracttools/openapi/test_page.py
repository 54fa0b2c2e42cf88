"""The page of the document needs no network, and the committed document is checked like every other contract."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ninelives.cli.contracts import contracts_app
from ninelives.contracttools.inlined import as_script
from ninelives.contracttools.npm import NotInstalled
from ninelives.contracttools.openapi import document, page

SCHEMAS_CHECK = ["schemas", "--check"]


def test_a_document_that_fell_behind_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = json.loads(document.text())
    del old["paths"]["/v1/world"]
    monkeypatch.setattr(document, "FILE", tmp_path / "openapi.json")
    document.FILE.write_text(json.dumps(old, indent=1) + "\n", encoding="utf-8")
    before = document.FILE.read_text(encoding="utf-8")

    checked = CliRunner().invoke(contracts_app, SCHEMAS_CHECK)

    assert checked.exit_code == 1
    assert "openapi.json" in checked.output
    assert document.FILE.read_text(encoding="utf-8") == before


def test_the_page_holds_all_it_needs() -> None:
    try:
        page.PACKAGES.folder()
    except NotInstalled as error:
        pytest.skip(f"the renderer is not to be had: {error}")

    made = page.page(document.text())
    before, _, _ = made.partition("<script>")

    assert "default-src 'none'" in before
    assert not [outside for outside in (" src=", "<link", "@import", "url(http") if outside in before]
    assert "cdn.redoc.ly" not in made
    assert "/v1/campaigns/{campaign_id}/turns" in made


def test_a_document_cannot_close_the_script_it_stands_in() -> None:
    assert "</script" not in as_script('{"description": "</script><!-- -->"}')
