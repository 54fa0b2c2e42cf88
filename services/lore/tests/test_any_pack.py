"""Inspection of a pack ends in faults or in a playable world, never in a crash, whatever its files hold."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.lore.domain.assembly import SourceFile
from services.lore.domain.inspection import inspect
from services.lore.tests.builders import campaign, retrieve_for
from services.lore.tests.small_world import small_world

SCALARS = st.none() | st.booleans() | st.integers(-5, 50) | st.sampled_from(["", "saucer", "rim", "chip", "spoon", "x"])
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "to", "key"]), inner)
)


def paths(node: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a document."""
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [here, *(path for key, child in inner for path in paths(child, (*here, key)))]


PATHS = paths(small_world())[1:]


@st.composite
def damaged_packs(draw: st.DrawFn) -> Any:
    """The sound pack with up to three of its parts removed, doubled, or put where something else was."""
    content: Any = small_world()
    for path in draw(st.lists(st.sampled_from(PATHS), min_size=1, max_size=3)):
        try:
            node = content
            for key in path[:-1]:
                node = node[key]
            match draw(st.sampled_from(["remove", "double", "replace"])):
                case "remove":
                    del node[path[-1]]
                case "double" if isinstance(node, list):
                    node.append(node[path[-1]])
                case _:
                    node[path[-1]] = draw(JSON)
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took this part away
    return content


@given(damaged_packs())
def test_a_damaged_pack_is_inspected_to_the_end(content: Any) -> None:
    pack, faults = inspect([SourceFile("teacup.json", content)])

    assert all(f.file and f.id and f.wrong and f.remedy for f in faults)
    assert pack is not None or faults
    if pack is not None and not faults:
        for place in pack.places:
            assert retrieve_for(pack, campaign(pack, place.id)).briefing.place.id == place.id


@given(JSON)
def test_a_file_of_anything_at_all_is_inspected_to_the_end(content: Any) -> None:
    _, faults = inspect([SourceFile("any.json", content)])

    assert faults
