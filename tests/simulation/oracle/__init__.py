"""The oracle: what must be true of every simulation once faults have stopped and all is quiet. A clause a function."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tests.simulation.oracle import access, accounts, belongings, erasing, events, turns
from tests.simulation.oracle.evidence import Evidence

Clause = Callable[[Evidence], Iterator[str]]

CLAUSES: tuple[Clause, ...] = (
    turns.every_turn_ends,
    turns.resolved_turns_happened,
    turns.turns_follow_the_specification,
    turns.failed_turns_changed_nothing,
    turns.the_past_folds_to_the_present,
    turns.each_turn_is_told_once,
    turns.players_read_what_happened,
    turns.answers_stand,
    turns.reading_never_goes_back,
    turns.dice_are_the_seeds,
    events.facts_are_published,
    events.facts_are_audited_once,
    events.consumers_have_each_fact_once,
    events.feeds_are_contiguous,
    events.nothing_is_left_over,
    access.undisturbed_requests_are_served,
    access.nobody_is_locked_out,
    access.no_free_campaign_refuses,
    access.answers_are_paid_once,
    access.strangers_find_nothing,
    access.a_key_stands_for_one_request,
    access.keys_make_one_campaign,
    access.turns_never_interleave,
    erasing.accepted_erasures_complete,
    erasing.nothing_is_left_of_the_erased,
    erasing.of_an_erased_player_there_are_events_alone,
    erasing.of_an_erased_campaign_there_are_events_alone,
    erasing.the_erased_are_served_no_more,
    accounts.an_upgraded_guest_has_one_account,
    accounts.who_has_an_account_comes_in,
    accounts.what_has_ended_opens_nothing,
    belongings.lines_tell_what_happened,
    belongings.who_listens_undisturbed_hears_all,
    belongings.archives_hold_what_is_the_players,
    belongings.a_report_is_counted_once,
)


BEFORE_THE_LAST_TURN: tuple[Clause, ...] = (events.facts_are_audited_once, events.consumers_have_each_fact_once)
"""Asked when all is quiet for the first time, too: one turn more mends a list that shows an older turn's figures, and
a chain without its last link."""


def faults_found(seen: Evidence, clauses: Sequence[Clause] = CLAUSES) -> list[str]:
    """Returns all that is wrong, each after the name of the clause it breaks."""
    return [f"{clause.__name__}: {what}" for clause in clauses for what in clause(seen)]
