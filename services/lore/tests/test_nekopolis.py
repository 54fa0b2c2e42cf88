"""Nekopolis has enough of everything, is fair to every class, and its texts name only what there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

import pytest

from contracts.canon import DamageType, Stat
from services.lore.domain.pack import Pack
from services.lore.domain.slice import MAX_BYTES, weight
from services.lore.domain.speech import speech
from services.lore.domain.visibility import find_visible
from services.lore.tests.builders import campaign, on_quest, retrieve_for

AT_LEAST = {
    "places": 16,
    "npcs": 20,
    "enemies": 18,
    "items": 60,
    "quests": 10,
    "factions": 8,
    "rumours": 8,
    "classes": 6,
}


@pytest.mark.parametrize("kind", AT_LEAST)
def test_there_is_enough_of_everything(nekopolis: Pack, kind: str) -> None:
    assert len(getattr(nekopolis, kind)) >= AT_LEAST[kind]


def test_there_are_two_arcs_and_three_endings_each_reached_by_a_quest(nekopolis: Pack) -> None:
    assert len({q.arc for q in nekopolis.quests}) == 2
    assert {q.ending for q in nekopolis.quests if q.ending} == set(nekopolis.ending)
    assert len(nekopolis.endings) == 3


def test_the_city_has_locks_of_both_kinds_hazards_and_secrets_of_every_sort(nekopolis: Pack) -> None:
    exits = [e for p in nekopolis.places for e in p.exits]

    assert any(e.lock and e.lock.key for e in exits)
    assert any(e.lock and e.lock.checks for e in exits)
    assert any(e.hazard for e in exits)
    assert any(e.secret for e in exits)
    assert any(f.secret for p in nekopolis.places for f in p.finds)
    assert any(f.secret for p in nekopolis.places for f in p.features)


def test_every_class_fights_with_what_it_is_best_at_and_has_two_abilities(nekopolis: Pack) -> None:
    for cat in nekopolis.classes:
        best = max(cat.stats, key=lambda stat: cat.stats[stat])
        weapons = [nekopolis.item[i] for i in cat.items if nekopolis.item[i].kind == "weapon"]

        assert [w.stat for w in weapons] == [best]
        assert len(cat.abilities) == 2
        assert 12 <= cat.hp <= 20


def test_no_two_classes_play_alike(nekopolis: Pack) -> None:
    def style(cat: object) -> tuple[object, ...]:
        abilities = cat.abilities  # type: ignore[attr-defined]
        return tuple((a.target, bool(a.strike), bool(a.heal), a.escapes, a.reveals, a.charms) for a in abilities)

    styles = {(*style(c), max(c.stats, key=lambda s: c.stats[s])) for c in nekopolis.classes}
    assert len(styles) == len(nekopolis.classes)


def test_every_stat_opens_something(nekopolis: Pack) -> None:
    asked = {c.stat for p in nekopolis.places for f in p.features for c in f.checks}

    assert asked == set(get_args(Stat))


def test_enemies_strike_with_every_kind_of_damage_and_cats_can_answer_every_weakness(nekopolis: Pack) -> None:
    dealt = {e.damage_type for e in nekopolis.enemies}
    weapons = {i.damage_type for i in nekopolis.items if i.kind == "weapon"}

    assert dealt == set(get_args(DamageType)) == weapons
    assert {weak for e in nekopolis.enemies for weak in e.weak} <= weapons


def test_danger_rises_with_the_place(nekopolis: Pack) -> None:
    worst: dict[int, list[int]] = {}
    for p in nekopolis.places:
        for s in p.spawns:
            worst.setdefault(p.danger, []).append(nekopolis.enemy[s.enemy].xp)
    means = [sum(xp) / len(xp) for _, xp in sorted(worst.items()) if _ > 0]

    assert means == sorted(means)


def test_the_first_fights_can_be_won_by_any_cat_fresh_from_the_shelf(nekopolis: Pack) -> None:
    """On average figures, without abilities, food or luck: the cat outlasts what waits in its own district."""
    for cat in nekopolis.classes:
        weapon = next(nekopolis.item[i] for i in cat.items if nekopolis.item[i].kind == "weapon")
        stat = cat.stats[weapon.stat]
        assert weapon.damage
        blow = weapon.damage.count * (weapon.damage.sides + 1) / 2 + weapon.damage.bonus + stat
        for place in nekopolis.places:
            if place.district != "Boxtown":
                continue
            for spawn in place.spawns:
                enemy = nekopolis.enemy[spawn.enemy]
                rounds = spawn.count * enemy.hp / (blow * chance(stat, enemy.armour))
                harm = enemy.damage.count * (enemy.damage.sides + 1) / 2 + enemy.damage.bonus
                taken = rounds * spawn.count * harm * chance(enemy.attack, cat.armour)
                assert taken < cat.hp, (cat.id, enemy.id, taken)


def chance(modifier: int, target: int) -> float:
    return min(0.95, max(0.05, (21 + modifier - target) / 20))


def test_what_the_main_story_asks_for_can_be_done_by_every_class(nekopolis: Pack) -> None:
    """No feature on the way is worse than one chance in three for a cat of level one, with its best stat for it."""
    features = {f.id: f for p in nekopolis.places for f in p.features}
    needed = [
        s.goal.target for q in nekopolis.quests if q.arc == "The Last Renewal" for s in q.stages if s.goal.kind == "use"
    ]
    for cat in nekopolis.classes:
        for id in needed:
            best = max(chance(cat.stats[c.stat], c.difficulty) for c in features[id].checks)
            assert best > 1 / 3, (cat.id, id, best)


def test_every_place_fits_with_every_quest_that_can_be_taken(nekopolis: Pack) -> None:
    for place in nekopolis.places:
        everything = tuple(on_quest(nekopolis, id) for id in nekopolis.quest)
        for quests in ((), everything):
            slice_ = retrieve_for(nekopolis, campaign(nekopolis, place.id, quests=quests)).canon
            assert weight(slice_) <= MAX_BYTES, place.id


def test_every_name_in_a_text_is_the_name_of_something(nekopolis: Pack) -> None:
    """Words with a capital can be looked up: the story may use them, and whoever checks the story knows them."""
    everything = find_visible(nekopolis, frozenset(nekopolis.secret), nekopolis.place)
    known = {w for name in speech(nekopolis, everything)[0] for w in words(name)}

    strange = {(id, w) for id, text in texts(nekopolis) for w in capitals(text) if w.casefold() not in known}

    assert strange == set()


def capitals(text: str) -> Iterator[str]:
    """Capitalised words that do not begin a sentence or a speech."""
    for match in re.finditer(r"(?<![\w'])[A-Z][a-z]+", text):
        if not re.search(r"(^|[.!?:]\"?\s*|\")$", text[: match.start()]):
            yield match.group()


def words(name: str) -> Iterator[str]:
    for word in re.findall(r"[A-Za-z]+", name.casefold()):
        yield word
        yield word.removesuffix("s")


def texts(pack: Pack) -> Iterator[tuple[str, str]]:
    yield "manifest", pack.manifest.premise
    assert pack.manifest.opening
    yield "manifest", pack.manifest.opening.text
    for p in pack.places:
        yield p.id, p.description
        yield from ((p.id, line) for line in p.ambience)
        for f in p.features:
            yield from ((f.id, text) for text in (f.description, f.success, f.failure))
    for n in pack.npcs:
        yield n.id, n.description
        yield from ((n.id, t.text) for t in n.topics)
        assert n.voice
        spoken = (n.voice.greeting, n.voice.again, n.voice.unknown, *n.voice.small_talk, n.voice.farewell)
        yield from ((n.id, line) for line in spoken)
    for e in (*pack.enemies, *pack.items, *pack.factions, *pack.classes):
        yield e.id, e.description
    for t in (*pack.rumours, *pack.secrets, *pack.endings):
        yield t.id, t.text
    for q in pack.quests:
        yield q.id, q.summary
        yield from ((q.id, s.text) for s in q.stages)
