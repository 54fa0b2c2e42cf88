"""The world's answer to a deed: enemies act, hostile ones attack, quests move on and are paid, time passes.

A pure function like the tools. Its outcomes are ordered and each reckons with those before it; the pass stops where
the character falls or the story ends.
"""

from __future__ import annotations

from contracts.canon import Condition
from contracts.effects import ConditionGained, ConditionLost, RoundPassed, Surveyed
from contracts.lore import CanonSlice
from contracts.state import Encounter, Scene
from contracts.tools import Outcome, Refusal, ToolCall
from services.tools.domain.ambush import act_first, attackers, spring
from services.tools.domain.checks import leaning
from services.tools.domain.dice import Roller
from services.tools.domain.encounter import HIDDEN
from services.tools.domain.enemies import in_initiative_order, strikes
from services.tools.domain.holdings import Holdings
from services.tools.domain.payday import settle
from services.tools.domain.quests import active, is_met, next_stage, stage_of
from services.tools.domain.ruling import Ruling, make_refused
from services.tools.domain.surroundings import Surroundings
from services.tools.domain.toll import hp_left, takes_the_last
from services.tools.domain.victory import win
from services.tools.domain.ways import beyond

MOST_OUTCOMES = 12


def play(key: str, scene: Scene, canon: CanonSlice, seed: str) -> tuple[Outcome, ...]:
    """The outcomes of what happens around the character now, in order. `key` names the pass: outcome i rolls under
    `<key>/<i>`.

    Nothing answers to nothing: as long as the budget says that no deed changed anything this turn, enemies do not
    act and no time passes, whatever was said.
    """
    if scene.state.status == "ended" or not scene.budget.acted:
        return ()
    answer = _Answer(key, Surroundings(scene, canon), seed)
    answer.draws_the_map()
    if answer.is_survived():
        answer.goes_on()
    return tuple(answer.outcomes)


class _Answer:
    """One pass of the world, outcome by outcome."""

    def __init__(self, key: str, here: Surroundings, seed: str) -> None:
        self._key, self._here, self._seed = key, here, seed
        self._holdings = Holdings(here)
        self._hp = here.character.hp
        self.outcomes: list[Outcome] = []

    def draws_the_map(self) -> None:
        """Put the ways that can be seen from here on the character's map, when one of them is new."""
        ways = dict.fromkeys(beyond(way, self._here) for way in self._here.exits)
        known = next((place for place in self._here.state.places if place.id == self._here.place.id), None)
        if known and {way.id for way in ways} <= {drawn.id for drawn in known.exits}:
            return
        ruling = Ruling()
        ruling.does(Surveyed(place=self._here.place.id, exits=tuple(ways)))
        self._keep("survey", {"place": self._here.place.id}, ruling, self._dice())

    def is_survived(self) -> bool:
        """Play the fight that is on, or the one that begins. False when the character falls in it."""
        fight = self._here.encounter
        if fight is None:
            return self._meets_attackers()
        if any(combatant.hp for combatant in fight.enemies):
            return self._enemies_act(fight)
        self._is_won(fight)
        return True

    def goes_on(self) -> None:
        """Pay quests, then let time pass. A fight whose last enemies fall to it is won before quests are paid."""
        fight = self._here.encounter
        if self._may_time_pass() and fight and takes_the_last(fight):
            self._time_passes()
            if hp_left(self._conditions(), self._hp, self._here.character.max_hp):
                self._is_won(fight)
                self._pays_quests()
        elif self._pays_quests() and self._may_time_pass():
            self._time_passes()

    def _pays_quests(self) -> bool:
        """Move every quest on as far as its goals are met, and pay each stage once. False when the story ends."""
        for quest, state in active(self._here):
            stage, progress = stage_of(quest, state.stage), state.progress
            while stage and is_met(stage.goal, progress, self._here, self._holdings):
                if len(self.outcomes) == MOST_OUTCOMES - 1:
                    return True  # The rest is for time.
                ruling = settle(quest, stage, self._here, self._holdings)
                self._keep("quest_progress", {"quest": quest.id, "stage": stage.id}, ruling, self._dice())
                if isinstance(ruling, Refusal):
                    break
                stage, progress = next_stage(quest, stage), 0
                if not stage and quest.ending:
                    return False
        return True

    def _meets_attackers(self) -> bool:
        found = attackers(self._here)
        if not found:
            return True
        spawn, enemy = found
        dice, ruling = self._dice(), Ruling()
        fight = spring(spawn, enemy, self._here, dice, ruling)
        self._keep("ambush", {"spawn": spawn.id}, ruling, dice)
        return self._enemies_act(fight) if act_first(fight) else True

    def _enemies_act(self, fight: Encounter) -> bool:
        if self._here.scene.budget.enemies_acted:
            return True
        if not (fight.surprise == "enemies" and fight.round == 1):
            for foe in in_initiative_order(self._here.standing(fight)):
                dice = self._dice()
                ruling, self._hp = strikes(foe, fight, self._exposure(fight), self._here, dice, self._hp)
                self._keep("enemy_turn", {"enemy": foe.id}, ruling, dice)
                if not self._hp:
                    return False
        passed = Ruling()
        passed.does(RoundPassed())
        self._keep("round_passed", {}, passed, self._dice())
        return True

    def _is_won(self, fight: Encounter) -> None:
        dice, ruling = self._dice(), Ruling()
        win(fight, self._here, self._holdings, dice, ruling)
        self._keep("victory", {}, ruling, dice)

    def _may_time_pass(self) -> bool:
        """Whether something counts down, and has not this turn."""
        fight = self._here.encounter
        counting = (
            *self._conditions(),
            *(known for known in self._here.character.abilities if known.ready_in),
            *(condition for foe in (fight.enemies if fight else ()) for condition in foe.conditions),
        )
        return bool(counting) and not self._here.scene.budget.time_passed

    def _time_passes(self) -> None:
        passed = Ruling()
        passed.does(RoundPassed(part="time"))
        self._keep("time_passed", {}, passed, self._dice())

    def _conditions(self) -> tuple[Condition, ...]:
        """The character's conditions by now, with what enemies brought upon it in this pass."""
        suffered = {condition.id: condition for condition in self._here.character.conditions}
        for outcome in self.outcomes:
            for effect in outcome.effects:
                if isinstance(effect, ConditionGained) and effect.target == "character":
                    suffered[effect.condition.id] = effect.condition
                elif isinstance(effect, ConditionLost) and effect.target == "character":
                    suffered.pop(effect.condition, None)
        return tuple(suffered.values())

    def _exposure(self, fight: Encounter) -> int:
        """The leaning of attacks on the cat by its conditions. In a fight that has just begun it is hidden no more."""
        begun = fight is not self._here.encounter
        conditions = self._here.character.conditions
        return leaning(*(one.exposed for one in conditions if not (begun and one.id == HIDDEN.id)))

    def _dice(self) -> Roller:
        return Roller(self._seed, self._next_key())

    def _next_key(self) -> str:
        return f"{self._key}/{len(self.outcomes)}"

    def _keep(self, name: str, arguments: dict[str, str], ruling: Ruling | Refusal, dice: Roller) -> None:
        key = self._next_key()
        call = ToolCall(call_id=f"world-{len(self.outcomes)}", name=name, arguments=arguments)
        if isinstance(ruling, Refusal):
            self.outcomes.append(make_refused(key, call, ruling, self._here.nameable))
        else:
            self.outcomes.append(ruling.outcome(key, call, dice.rolls))
