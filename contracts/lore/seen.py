"""The parts of a state that retrieval rests on."""

from contracts.state import CampaignState


def seen_of(state: CampaignState) -> tuple[object, ...]:
    """All of a state that retrieval rests on: equal for two states, what is retrieved for them is equal, too.

    Wounds, money, time and how far a fight has gone are no part of it.
    """
    cat, fight = state.character, state.encounter
    return (
        (state.world, state.place, state.places, state.unlocked, state.revealed, state.taken, state.used),
        (state.cleared, state.met, state.sold),
        (cat.class_id, tuple(known.ability for known in cat.abilities), cat.inventory),
        tuple((quest.id, quest.status, quest.stage) for quest in state.quests),
        (fight.spawn, tuple(each.enemy for each in fight.enemies)) if fight else None,
    )
