"""People: talking, persuading, giving, quests taken on; and what a cat becomes."""

import pytest

from services.tools.tests.rules_driver import (
    carrying,
    cat,
    done_quest,
    effects,
    fight,
    intend,
    kinds,
    luck,
    on_quest,
    scene,
    the,
)


def test_the_first_talk_is_a_meeting():
    met = the(intend("talk", npc="mate"), "npc-met")

    assert (met.npc, met.disposition) == ("mate", 0)
    assert effects(intend("talk", scene(met={"mate": 1}), npc="mate"), "npc-met") == []


def test_a_talk_tells_what_there_is_to_talk_about_and_to_do():
    outcome = intend("talk", npc="mate")

    assert "Mate Barnacle would talk about: the tides." in outcome.facts
    assert "Mate Barnacle has something for you to do: A Quiet Pier." in outcome.facts


def test_who_has_a_voice_greets_a_stranger_and_names_what_is_to_be_done():
    outcome = intend("talk", scene("shed"), npc="cook")

    assert 'Cook Kipper says: "Wipe your paws."' in outcome.facts
    assert "Cook Kipper has something for you to do: Late Supper." in outcome.facts
    assert not [fact for fact in outcome.facts if "would talk about" in fact or "You talk with" in fact]
    assert outcome.rolls == ()


def test_who_is_met_again_says_something_else_from_turn_to_turn():
    said = [intend("talk", scene("shed", met={"cook": 1}, turn=turn), npc="cook").facts[0] for turn in range(4)]

    assert said == [
        'Cook Kipper says: "You again."',
        'Cook Kipper says: "Salt?"',
        'Cook Kipper says: "It is all in the stirring."',
        'Cook Kipper says: "You again."',
    ]


def test_the_story_may_name_what_somebody_would_talk_about():
    assert "the tides" in {thing.name for thing in intend("talk", npc="mate").mentions}


def test_a_topic_is_told_as_canon_has_it():
    assert "Mate Barnacle on the tides: They come and go." in intend("talk", npc="mate", topic="tides").facts


def test_a_guarded_topic_needs_a_friend():
    refusal = intend("talk", npc="mate", topic="loft").refusal

    assert (refusal.code, refusal.legal) == ("guarded-topic", ("persuade", "tides"))


def test_a_friend_learns_the_secret_of_a_topic_once():
    friend = scene(met={"mate": 1})
    knows = scene(met={"mate": 1}, revealed=("loft-way",))

    assert the(intend("talk", friend, npc="mate", topic="loft"), "secret-revealed").secret == "loft-way"
    assert effects(intend("talk", knows, npc="mate", topic="loft"), "secret-revealed") == []


def test_who_is_elsewhere_cannot_be_talked_to():
    refusal = intend("talk", npc="cook").refusal

    assert (refusal.code, refusal.legal) == ("no-such-npc", ("mate",))


def test_talking_counts_for_the_stage_that_waits_for_it():
    waiting = scene(met={"mate": 0}, quests=(on_quest("quiet-pier", "report"),))
    done = scene(met={"mate": 0}, quests=(on_quest("quiet-pier", "report", progress=1),))

    assert the(intend("talk", waiting, npc="mate"), "quest-progressed").progress == 1
    assert effects(intend("talk", done, npc="mate"), "quest-progressed") == []


@pytest.mark.parametrize(("outcome", "change"), [("critical", 2), ("success", 1), ("fumble", -1)])
def test_persuasion_moves_disposition_by_the_degree_of_success(outcome, change):
    ruled = luck(
        lambda s: intend("persuade", seed=s, npc="mate", approach="reason"), lambda o: o.rolls[0].outcome == outcome
    )

    assert the(ruled, "disposition-changed").amount == change


def test_an_approach_lands_as_the_character_takes_it():
    flattery = intend("persuade", npc="mate", approach="flatter").rolls[0]
    threats = intend("persuade", npc="mate", approach="Threaten").rolls[0]
    poetry = intend("persuade", npc="mate", approach="poetry").rolls[0]

    assert (flattery.total - poetry.total, threats.total - poetry.total) == (2, -4)


def test_the_devoted_need_no_persuasion():
    assert intend("persuade", scene(met={"mate": 3}), npc="mate", approach="reason").refusal.code == "devoted"


def test_a_delivery_goes_to_whom_it_was_promised():
    carrier = cat(inventory=carrying("herring"))
    at = scene("shed", character=carrier, met={"cook": 1}, quests=(on_quest("late-supper", "deliver"),))
    outcome = intend("give", at, item="herring", npc="cook")

    assert kinds(outcome) == ["item-lost", "quest-progressed"]
    assert the(outcome, "quest-progressed").progress == 1


def test_a_promised_thing_is_not_given_to_anybody_else():
    carrier = cat(inventory=carrying("herring"))
    at = scene(character=carrier, quests=(on_quest("late-supper", "deliver"),))

    assert intend("give", at, item="herring", npc="mate").refusal.code == "promised"


def test_a_present_of_worth_makes_a_friend():
    at = scene(character=cat(inventory=carrying("pearl")), met={"mate": 0})

    assert the(intend("give", at, item="pearl", npc="mate"), "disposition-changed").amount == 1


def test_a_trifle_is_no_present():
    at = scene(character=cat(inventory=carrying("rope")))

    assert intend("give", at, item="rope", npc="mate").refusal.code == "unwanted"


def test_a_quest_begins_with_its_first_stage():
    started = the(intend("accept_quest", quest="quiet-pier"), "quest-started")

    assert (started.stage, started.text) == ("gulls", "Drive off the gulls.")


def test_a_quest_is_taken_on_once():
    at = scene(quests=(done_quest("quiet-pier"),))

    assert intend("accept_quest", at, quest="quiet-pier").refusal.code == "quest-known"


def test_a_quest_may_need_another_and_some_trust():
    too_early = scene(met={"mate": 2})
    untrusted = scene(met={"mate": 0}, quests=(done_quest("quiet-pier"),))
    ready = scene(met={"mate": 1}, quests=(done_quest("quiet-pier"),))

    assert intend("accept_quest", too_early, quest="up-and-away").refusal.code == "too-early"
    assert intend("accept_quest", untrusted, quest="up-and-away").refusal.code == "not-trusted"
    assert intend("accept_quest", ready, quest="up-and-away").verdict == "done"


def test_a_quest_is_taken_on_from_who_gives_it():
    refusal = intend("accept_quest", quest="late-supper").refusal

    assert (refusal.code, refusal.legal) == ("no-such-quest", ("quiet-pier",))


def test_a_level_is_spent_on_one_thing():
    at = scene(character=cat(choices=1))

    assert the(intend("level_up", at, stat="wits"), "level-choice-made").stat == "wits"
    assert the(intend("level_up", at, ability="pounce"), "level-choice-made").ability == "pounce"
    assert intend("level_up", at, stat="wits", ability="pounce").refusal.code == "one-choice"
    assert intend("level_up", at).refusal.code == "one-choice"


def test_without_a_level_there_is_nothing_to_choose():
    assert intend("level_up", stat="wits").refusal.code == "no-choice-open"


def test_what_is_at_its_best_cannot_be_chosen():
    at = scene(character=cat(choices=1, stats={"claws": 6, "paws": 1}))
    refusal = intend("level_up", at, stat="claws").refusal

    assert (refusal.code, refusal.legal[0]) == ("at-its-best", "paws")


def test_a_choice_can_be_made_in_the_middle_of_a_fight():
    at = scene(character=cat(choices=1), encounter=fight(7), derived={"can_act": False})

    assert kinds(intend("level_up", at, stat="wits")) == ["level-choice-made"]
