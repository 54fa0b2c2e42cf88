"""Retrieval is measured as everybody measures it, beats what it is measured beside, and does not get worse."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from infra.assets.contents import REPOSITORY
from infra.errors import UserError
from ninelives.cli.app import app
from ninelives.evaluation.lore import semanlink
from ninelives.evaluation.lore.collection import Collection, read_collection
from ninelives.evaluation.lore.measures import ndcg, recall
from ninelives.evaluation.lore.measuring import CONTESTANTS, SHIPPED, MakeRanker, find
from ninelives.evaluation.lore.own import (
    SPLITS,
    Rates,
    digest_labels,
    measure_own,
    own_collection,
    part,
    read_published,
)
from services.lore.domain.ranking import Entry

DOCUMENTS = [
    {"_id": "eel", "title": "Coolant Eel", "text": "A huge eel in the sump; hot water hurts it."},
    {"_id": "canal", "title": "The Drip", "text": "Green water nobody should drink."},
    {"_id": "pib", "title": "Pib", "text": "A kitten with a shortcut.", "keywords": ["runner", "the kid"]},
]
QUESTIONS = [{"_id": "1", "text": "the hot eel"}, {"_id": "2", "text": "ask the kid"}, {"_id": "3", "text": "moths"}]
GRADES = "query-id\tcorpus-id\tscore\n1\teel\t2\n1\tcanal\t1\n2\tpib\t1\n3\teel\t0\n"
Write = Callable[..., tuple[Path, Path, Path]]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a collection; each part may be replaced by another text."""

    def write(**parts: str) -> tuple[Path, Path, Path]:
        texts = {"docs": _lines(DOCUMENTS), "queries": _lines(QUESTIONS), "qrels": GRADES, **parts}
        for name, text in texts.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / "docs", tmp_path / "queries", tmp_path / "qrels"

    return write


@pytest.fixture(scope="module")
def rates() -> Rates:
    return measure_own()


def _lines(objects: list[dict[str, object]]) -> str:
    return "".join(json.dumps(each) + "\n" for each in objects)


def _call(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["lore", *arguments], env={"COLUMNS": "200"}, catch_exceptions=True)
    return done.output + (str(done.exception) if done.exception else "")


def test_gain_counts_grades_by_place_and_compares_with_the_best_order() -> None:
    wanted = {"a": 2, "b": 1}

    assert ndcg(["a", "b"], wanted) == 1
    assert ndcg(["x", "a"], wanted) == pytest.approx((2 / 1.58496) / (2 + 1 / 1.58496), abs=1e-5)
    assert ndcg(["x"] * 10 + ["a"], wanted) == 0
    assert recall(["a", "x", "y", "z", "w", "b"], wanted) == 0.5


def test_a_question_without_a_relevant_document_is_left_out(write: Write) -> None:
    assert [(q.id, q.wanted) for q in read_collection(*write()).questions] == [
        ("1", {"eel": 2, "canal": 1}),
        ("2", {"pib": 1}),
    ]


def test_grades_in_the_columns_of_trec_are_the_same_grades(write: Write) -> None:
    beir = read_collection(*write())

    assert read_collection(*write(qrels="1 0 eel 2\n1 0 canal 1\n2 0 pib 1\n3 0 eel -1\n")) == beir


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ({"docs": "{}\n"}, "docs:1: _id is missing"),
        ({"docs": "no\n"}, "docs:1: no JSON"),
        ({"docs": ""}, "docs has no document"),
        ({"docs": _lines(DOCUMENTS[:1] * 2)}, "document 'eel' is there twice"),
        ({"queries": "[]\n"}, "queries:1: no JSON object"),
        ({"qrels": "1\teel\n"}, "qrels:1: 2 columns"),
        ({"qrels": GRADES + "1\teel\tmuch\n"}, "qrels:6: grade 'much' is no whole number"),
        ({"qrels": GRADES + "9\teel\t1\n"}, "qrels:6: no question '9'"),
        ({"qrels": "1\teel\t0\n"}, "no document is relevant"),
        ({"qrels": "1\tmoth\t1\n"}, "none of the documents it names"),
    ],
)
def test_a_file_that_is_wrong_is_named_with_its_line(write: Write, parts: dict[str, str], fault: str) -> None:
    with pytest.raises(UserError) as refused:
        read_collection(*write(**parts))

    assert fault in str(refused.value)


@pytest.mark.parametrize("make", CONTESTANTS.values(), ids=CONTESTANTS)
def test_whoever_ranks_keeps_to_what_may_be_read_and_to_how_many(make: MakeRanker) -> None:
    ranker = make([Entry(f"d{n}", f"Canal {n}", "green water") for n in range(9)] + [Entry("x", "Moth", "glows")])
    among = frozenset({"d2", "d5", "d7", "x"})

    assert [each.id for each in ranker.rank("the canal, green", among, 2)] == ["d2", "d5"]
    assert ranker.rank("the canal, green", among, 9) == ranker.rank("the canal, green", among, 9)
    assert [each.id for each in ranker.rank("moth", among, 9)] == ["x"]
    assert ranker.rank("¿…?", among, 9) == ()


def test_the_command_shows_everybody_side_by_side(write: Write) -> None:
    docs, queries, qrels = map(str, write())

    told = _call("eval", "--docs", docs, "--queries", queries, "--qrels", qrels)

    assert "docs: 3 documents, 2 questions" in told
    for heading in (*CONTESTANTS, "nDCG@10", "recall@5", "questions/s", "memory"):
        assert heading in told


def test_the_command_takes_all_three_files_or_none(write: Write) -> None:
    assert "together" in _call("eval", "--docs", str(write()[0]))


def test_every_label_names_a_document_of_the_city_and_two_fifths_are_frozen() -> None:
    city: Collection = own_collection()
    known = {entry.id for entry in city.entries}

    assert {id for each in city.questions for id in each.wanted} <= known
    assert len(part("dev").questions) + len(part("test").questions) == len(city.questions) >= 80
    assert len(part("test").questions) == 62


@pytest.mark.parametrize("split", SPLITS)
def test_the_city_is_found_no_worse_than_published(rates: Rates, split: str) -> None:
    now, then = rates[split][SHIPPED], read_published().rates[split][SHIPPED]

    assert digest_labels() == read_published().labels
    assert (now.ndcg >= then.ndcg, now.recall >= then.recall, now.questions) == (True, True, then.questions)


@pytest.mark.parametrize("split", SPLITS)
def test_nobody_beside_it_finds_more(rates: Rates, split: str) -> None:
    shipped = rates[split][SHIPPED]

    assert all(each.ndcg <= shipped.ndcg and each.recall <= shipped.recall for each in rates[split].values())


def test_the_page_shows_what_is_published() -> None:
    page = (REPOSITORY / "docs" / "retrieval.md").read_text(encoding="utf-8")

    assert read_published().day.isoformat() in page
    for split in SPLITS:
        for name, found in read_published().rates[split].items():
            assert f"{found.ndcg:.3f} / {found.recall:.3f}" in page, f"{name}, {split}"


def test_semanlink_becomes_a_collection(tmp_path: Path) -> None:
    def note(id: str, *tags: str, title: str = "") -> dict[str, object]:
        said = {"title": id, "comment": "x" * 120, "arxiv_summary": ""}
        return {"document": id, "tag": list(tags), "arxiv_title": title, **said}

    notes = [note("a", "nlp"), note("b", "nlp"), note("c", "nlp"), note("p", "nlp", title="Words"), note("a", "late")]
    whole = {"docs": notes, "tags": {"nlp": {"prefLabel": ["NLP"]}}, "arxiv": [notes[3]]}
    with tarfile.open(tmp_path / "cherche.tar.gz", "w:gz") as packed:
        for name, content in whole.items():
            body = json.dumps(content).encode()
            member = tarfile.TarInfo(f"{semanlink.FOLDER}/{name}.json")
            member.size = len(body)
            packed.addfile(member, io.BytesIO(body))

    semanlink.main(tmp_path / "cherche.tar.gz", tmp_path)

    tags, titles = (
        read_collection(*(tmp_path / name / file for file in ("docs.jsonl", "queries.jsonl", "qrels.tsv")))
        for name in ("tags", "titles")
    )
    assert [(q.text, sorted(q.wanted)) for q in tags.questions] == [("NLP", ["a", "b", "c", "p"])]
    assert [(q.text, sorted(q.wanted)) for q in titles.questions] == [("Words", ["a", "b", "c"])]
    assert [entry.id for entry in titles.entries] == ["a", "b", "c"]


def test_the_world_is_exported_a_file_a_document(tmp_path: Path) -> None:
    _call("export", str(tmp_path / "out"))

    assert {file.stem for file in (tmp_path / "out").iterdir()} == {entry.id for entry in own_collection().entries}
    assert "shortcut" in (tmp_path / "out" / "topic-pib-shortcuts.txt").read_text(encoding="utf-8").casefold()


def test_words_find_what_is_asked_in_a_collection_of_somebody_elses(write: Write) -> None:
    given = read_collection(*write())

    found = find(CONTESTANTS[SHIPPED](given.entries), given.entries, given.questions)

    assert found.ndcg > 0.8
    assert found.questions == 2
