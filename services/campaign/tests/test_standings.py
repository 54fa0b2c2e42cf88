"""The leaderboard: the best first, names for their own players only, forks not at all."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from contracts.campaign import ListStandings
from contracts.envelope import Ancestor
from services.campaign.adapters.projection_table import ProjectionTable
from services.campaign.application.list_standings import list_standings
from services.campaign.domain.projection import Beginning, CampaignRow, Figures
from services.campaign.domain.standings import board_key
from services.campaign.tests.builders import ATTIC, CAT_NAME, NOON, OWNER, campaign_id

FIGURES = st.tuples(st.integers(1, 10), st.integers(0, 9), st.integers(0, 999_999))


def a_row(number: int, level: int = 1, lives: int = 9, turn: int = 0, **changes: Any) -> CampaignRow:
    beginning = Beginning(class_name="Alley Cat", world="tiny", started_at=NOON)
    known: dict[str, Any] = {
        "campaign_id": campaign_id(number),
        "owner": OWNER,
        "name": CAT_NAME,
        "beginning": beginning,
        "figures": Figures(sequence=turn + 1, turn=turn, level=level, lives=lives, place=ATTIC),
        "touched_at": NOON,
    }
    return CampaignRow(**known | changes)


def board(table: ProjectionTable, *kept: CampaignRow, viewer: str = OWNER, limit: int = 20, world: str = "tiny") -> Any:
    for row in kept:
        assert table.replace(row, None)
    return list_standings(ListStandings(viewer=viewer, world=world, limit=limit), table).items


@given(FIGURES, FIGURES)
def test_level_counts_more_than_lives_and_lives_more_than_few_turns(
    one: tuple[int, int, int], other: tuple[int, int, int]
) -> None:
    first, second = board_key(a_row(1, *one)), board_key(a_row(2, *other))

    better = (-one[0], -one[1], one[2]) < (-other[0], -other[1], other[2])
    assert first is not None and second is not None
    assert (first < second) == (better or one == other)


def test_ranks_are_places_on_the_board(table: ProjectionTable) -> None:
    items = board(table, a_row(1, level=2), a_row(2, level=10, lives=3), a_row(3, level=10, lives=4), limit=2)

    assert [(one.rank, one.campaign_id) for one in items] == [(1, campaign_id(3)), (2, campaign_id(2))]


def test_a_player_sees_names_of_their_own_cats_only(table: ProjectionTable) -> None:
    own, other = board(table, a_row(1, level=2), a_row(2, owner="somebody-else"))

    assert (own.campaign_id, own.name) == (campaign_id(1), CAT_NAME)
    assert (other.campaign_id, other.name, other.class_name) == (None, None, "Alley Cat")


def test_a_fork_does_not_rank(table: ProjectionTable) -> None:
    origin = Ancestor(campaign_id=campaign_id(1), turn=3)
    forked = Beginning(class_name="Alley Cat", world="tiny", started_at=NOON, forked_from=origin)

    items = board(table, a_row(1), a_row(2, level=9, beginning=forked))

    assert [one.campaign_id for one in items] == [campaign_id(1)]


def test_a_campaign_without_its_beginning_or_name_does_not_rank(table: ProjectionTable) -> None:
    assert board(table, a_row(1, beginning=None), a_row(2, name=None)) == ()


def test_each_world_has_a_board_of_its_own(table: ProjectionTable) -> None:
    assert board(table, a_row(1), world="nekopolis") == ()
