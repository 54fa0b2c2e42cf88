"""A briefing shows what can be seen from where one stands, and nothing else."""

from __future__ import annotations

from contracts.lore import Briefing
from contracts.state import Combatant, Encounter
from services.lore.domain.pack import Pack
from services.lore.tests.builders import campaign, on_quest, retrieve_for


def briefing(pack: Pack, place: str | None = None, **changes: object) -> Briefing:
    return retrieve_for(pack, campaign(pack, place, **changes)).briefing


def test_a_secret_exit_is_not_there_until_the_secret_is_known(tiny: Pack) -> None:
    assert [w.id for w in briefing(tiny).exits] == ["handle"]
    assert [w.id for w in briefing(tiny, revealed=("chip",)).exits] == ["handle", "crack"]


def test_a_hidden_enemy_is_not_there_until_the_secret_is_known(tiny: Pack) -> None:
    assert [e.id for e in briefing(tiny, "rim").enemies] == ["rim-ants"]
    assert [e.id for e in briefing(tiny, "rim", revealed=("buzz",)).enemies] == ["rim-ants", "rim-wasp"]


def test_what_was_beaten_or_taken_is_gone(tiny: Pack) -> None:
    after = briefing(tiny, "rim", cleared=("rim-ants",), taken=("rim-sugar",))

    assert after.enemies == ()
    assert [f.id for f in after.finds] == ["rim-pence"]


def test_those_one_is_fighting_are_in_the_scene_and_not_in_the_briefing(tiny: Pack) -> None:
    ant = Combatant(id="ant-1", enemy="ant", name="Ant", hp=3, max_hp=3, initiative=1)
    fight = Encounter(id="e", spawn="rim-ants", place="rim", initiative=1, enemies=(ant,))

    assert briefing(tiny, "rim", encounter=fight).enemies == ()


def test_a_used_feature_stays_in_view_with_nothing_left_to_give(tiny: Pack) -> None:
    assert [(f.id, f.count) for f in briefing(tiny).features] == [("crumb", 1)]
    assert [(f.id, f.count) for f in briefing(tiny, used=("crumb",)).features] == [("crumb", 0)]


def test_a_locked_exit_says_so_until_it_is_unlocked(tiny: Pack) -> None:
    assert {w.id: w.locked for w in briefing(tiny, "rim").exits} == {"handle-down": False, "lid": True}
    assert not any(w.locked for w in briefing(tiny, "rim", unlocked=("lid",)).exits)


def test_a_guarded_topic_opens_with_regard(tiny: Pack) -> None:
    def topics(**changes: object) -> list[str]:
        return [t.id for t in briefing(tiny, **changes).npcs[0].topics]

    assert topics() == ["tea"]
    assert topics(met={"dormouse": 2}) == ["tea", "flaw"]


def test_a_shelf_shows_what_is_left_on_it(tiny: Pack) -> None:
    assert [(w.id, w.left) for w in briefing(tiny).wares] == [("sugar", 3)]
    assert [(w.id, w.left) for w in briefing(tiny, sold={"sugar-bowl/sugar": 3}).wares] == [("sugar", 0)]


def test_a_quest_is_offered_until_it_is_taken_and_only_to_those_who_are_liked(tiny: Pack) -> None:
    assert [q.id for q in briefing(tiny).quests] == ["stirring"]
    assert briefing(tiny, quests=(on_quest(tiny, "stirring"),)).quests == ()
    assert briefing(tiny, met={"dormouse": -2}).quests == ()


def test_loose_credits_can_be_seen_and_counted(tiny: Pack) -> None:
    coins = next(f for f in briefing(tiny, "rim").finds if f.id == "rim-pence")

    assert (coins.name, coins.count) == ("loose credits", 3)


def test_a_quest_that_requires_another_waits_for_it(nekopolis: Pack) -> None:
    done = tuple(on_quest(nekopolis, id, status="completed") for id in ("breakfast-is-late", "union-of-teeth"))

    before = {q.id for q in briefing(nekopolis, "drip-canal").quests}
    after = {q.id for q in briefing(nekopolis, "drip-canal", quests=done).quests}

    assert after - before == {"returned-unopened"}


def test_what_a_quest_pays_is_known_while_it_is_offered_and_while_it_runs(tiny: Pack) -> None:
    (offer,) = briefing(tiny).quests
    reward = tiny.quest[offer.id].reward
    pays = [(offer.id, reward.credits, reward.xp, len(reward.items))]

    for here in (briefing(tiny), briefing(tiny, "rim", quests=(on_quest(tiny, offer.id),))):
        assert [(each.quest, each.credits, each.xp, each.items) for each in here.pays] == pays
