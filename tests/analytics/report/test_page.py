"""The page as a document: whole, closed to the network, readable without seeing it."""

from __future__ import annotations

import json
import re
import shutil
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from infra.errors import UserError
from ninelives.analytics.export.asked import Asked
from ninelives.analytics.report.reporting import report
from tests.analytics.report.export import write_export
from tests.analytics.report.reader import Reader
from tests.support.archived_events import make_events

pytestmark = pytest.mark.slow

MOST_BYTES = 2 * 1024 * 1024


def change(exported: Path, to: Path, **manifest: Any) -> Path:
    """A copy of the export whose manifest says something else."""
    shutil.copytree(exported, to)
    told = json.loads((to / "manifest.json").read_text())
    (to / "manifest.json").write_text(json.dumps({**told, **manifest}))
    return to


def test_every_element_is_closed_and_every_id_is_used_once(page: str) -> None:
    reader = Reader(page)

    assert (reader.faults, reader.open) == ([], [])
    assert len(reader.ids) == len(set(reader.ids))


def test_nothing_is_asked_of_a_network(page: str) -> None:
    assert re.findall(r"https?:|url\((?!#)|@import|//[a-z]", page) == []


def test_no_script_can_run_and_only_the_page_s_own_style_applies(page: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    style = re.search(r"<style>(.*?)</style>", page, re.S)
    assert policy and style
    digest = b64encode(sha256(style[1].encode()).digest()).decode()

    assert policy[1].replace("&#x27;", "'").startswith(f"default-src 'none'; style-src 'sha256-{digest}'")
    tags = Reader(page).tags
    assert not [tag for tag, given in tags if tag == "script" or "style" in given or any(k[:2] == "on" for k in given)]


def test_links_lead_to_places_on_the_page(page: str) -> None:
    reader = Reader(page)
    links = [given["href"] or "" for tag, given in reader.tags if tag == "a"]

    assert len(links) > 7
    assert {link.removeprefix("#") for link in links} <= set(reader.ids)


def test_every_figure_says_what_one_sees_and_has_the_numbers(page: str) -> None:
    figures = Reader(page).figures.values()

    assert len(figures) >= 15
    for figure in figures:
        assert figure.caption.strip().endswith("."), figure.id
        assert len(figure.rows) > 1, figure.id


def test_a_drawing_is_there_for_a_screen_and_for_a_phone_with_a_name(page: str) -> None:
    drawings = [given for tag, given in Reader(page).tags if tag == "svg"]

    assert {given["class"] for given in drawings} == {"wide", "narrow"}
    assert all(given["role"] == "img" and len(given["aria-label"] or "") > 20 for given in drawings)


def test_colours_come_from_the_page_so_that_night_is_night(page: str) -> None:
    painted = {value for _, given in Reader(page).tags for key in ("fill", "stroke") if (value := given.get(key))}

    assert painted <= {"none"} | {f"var(--{role})" for role in re.findall(r"--([a-z]+):", page)}


def test_the_page_is_small(page: str) -> None:
    assert len(page.encode()) < MOST_BYTES


def test_the_same_export_gives_the_same_page(exported: Path, page: str) -> None:
    assert report(exported) == page


def test_an_export_of_nothing_is_a_page_that_says_so(tmp_path: Path) -> None:
    text = " ".join(Reader(report(write_export(tmp_path, []))).text)

    assert "No turn is in this export." in text
    assert "No roll is in this export." in text


def test_a_single_turn_is_a_page_without_bold_claims(tmp_path: Path) -> None:
    reader = Reader(report(write_export(tmp_path, make_events(campaigns=1, turns=1, seed=4))))
    text = " ".join(reader.text)

    assert "Of 1 accepted turn, 100 % resolved." in text
    assert "too little to say what an hour costs" in reader.figures["cost-per-hour"].caption


def test_an_export_of_some_types_says_that_the_rest_is_missing(tmp_path: Path, events: list[dict[str, Any]]) -> None:
    some = [event for event in events if event["detail-type"] == "TurnFailed.v1"]
    text = " ".join(Reader(report(write_export(tmp_path, some, Asked("local", types=("TurnFailed.v1",))))).text)

    assert "Only these events were asked for: TurnFailed.v1." in text
    assert "No resolved turn is in this export." in text


def test_gaps_are_announced_loudly_and_what_the_data_calls_itself_is_never_markup(
    tmp_path: Path, events: list[dict[str, Any]]
) -> None:
    evil = "</title><script>alert(1)</script><img src=x onerror=alert(1)>"
    told = json.loads(json.dumps(events[:400]).replace("The Stacks", evil).replace("amazon.nova-lite", evil))
    gaps = {"campaign/c_a": [[3, 5], [9, 9]], "turns/c_a": [[2, 2]]}
    page = report(change(write_export(tmp_path, told), tmp_path / "changed", environment=evil, gaps=gaps))

    assert "&lt;script&gt;alert(1)" in page
    assert not {"script", "img"} & {tag for tag, _ in Reader(page).tags}
    assert "This export has gaps: 5 events of 2 streams are missing." in page
    assert 'role="alert"' in page
    assert "campaign/c_a: 3 to 5" in page


def test_a_whole_export_announces_nothing(page: str) -> None:
    assert 'role="alert"' not in page


@pytest.mark.parametrize("content", [None, "{", "[]"])
def test_a_folder_without_a_readable_manifest_is_no_export(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "manifest.json").write_text(content)

    with pytest.raises(UserError, match=r"manifest\.json"):
        report(tmp_path)


def test_a_table_of_another_version_is_refused_by_name(exported: Path, tmp_path: Path) -> None:
    broken = change(exported, tmp_path / "broken")
    shutil.copy(broken / "campaigns.parquet", broken / "turns.parquet")

    with pytest.raises(UserError, match=r"turns\.parquet"):
        report(broken)
