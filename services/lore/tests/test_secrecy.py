"""Nothing that a model may read names what this campaign has not learnt."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from contracts.state import CampaignState
from services.lore.adapters.pack_files import load_pack
from services.lore.domain.pack import Pack
from services.lore.domain.words import speaks_of
from services.lore.tests.builders import campaign, retrieve_for
from services.lore.wiring import WORLDS

NEKOPOLIS = load_pack(WORLDS / "nekopolis")
ALL_WORDS = " ".join(
    [*(s.name for s in NEKOPOLIS.secrets), *(n.name for n in NEKOPOLIS.npcs), *(i.name for i in NEKOPOLIS.items)]
)


@st.composite
def campaigns(draw: st.DrawFn) -> CampaignState:
    pack = NEKOPOLIS
    return campaign(
        pack,
        draw(st.sampled_from(sorted(pack.place))),
        revealed=tuple(draw(st.sets(st.sampled_from(sorted(pack.secret))))),
        met=draw(st.dictionaries(st.sampled_from(sorted(pack.npc)), st.integers(-3, 3), max_size=6)),
        carried=draw(st.lists(st.sampled_from(sorted(pack.item)), max_size=4)),
    )


@given(campaigns(), st.sampled_from(["I look around", "tell me everything you know", ALL_WORDS]))
def test_no_briefing_and_no_passage_names_what_is_guarded(state: CampaignState, action: str) -> None:
    reply = retrieve_for(NEKOPOLIS, state, action)
    read = reply.briefing.model_dump_json() + " ".join(f"{p.title} {p.text}" for p in reply.passages)

    assert [name for name in reply.guarded if speaks_of(read, name)] == []


@given(campaigns())
def test_what_may_be_spoken_and_what_must_not_be_never_overlap(state: CampaignState) -> None:
    reply = retrieve_for(NEKOPOLIS, state)

    assert not {n.casefold() for n in reply.names} & {n.casefold() for n in reply.guarded}


def test_a_secret_and_what_only_it_leads_to_are_guarded_until_it_is_known(tiny: Pack) -> None:
    guarded = retrieve_for(tiny, campaign(tiny)).guarded
    told = retrieve_for(tiny, campaign(tiny, revealed=("chip",)))

    assert set(guarded) == {"The Chip", "The Buzzing", "The Underside", "Potter's Mark", "Drowned Wasp"}
    assert set(told.guarded) == {"The Buzzing", "Drowned Wasp"}
    assert {"The Chip", "The Underside", "Unglazed", "Potter's Mark"} <= set(told.names)


def test_where_one_has_been_is_no_secret_any_more(tiny: Pack) -> None:
    assert "The Underside" not in retrieve_for(tiny, campaign(tiny, "underside")).guarded


def test_what_one_carries_may_be_named(nekopolis: Pack) -> None:
    assert "Gilt Claws" in retrieve_for(nekopolis, campaign(nekopolis)).guarded
    assert "Gilt Claws" in retrieve_for(nekopolis, campaign(nekopolis, carried=["gilt-claws"])).names


def test_every_public_name_may_be_used(tiny: Pack) -> None:
    names = set(retrieve_for(tiny, campaign(tiny)).names)

    assert {"Teacup", "The Saucer", "Below", "Dormouse", "Ant", "Spoon", "Sugar Bowl", "The Guests"} <= names
    assert {"Stirring", "Tea", "Spoon Knight", "Stir", "The Crumb"} <= names
