"""The fold of each effect: every kind a tool may propose, once."""

from __future__ import annotations

from collections.abc import Mapping

from contracts import effects as of
from contracts.envelope import Value
from services.campaign.domain.folding import (
    abilities,
    conditions,
    encounter,
    equipment,
    growth,
    health,
    items,
    people,
    places,
    purse,
    quests,
)
from services.campaign.domain.folding.working import Fold

FOLDS: Mapping[type[Value], Fold] = {
    of.Damaged: health.damage,
    of.Healed: health.heal,
    of.EnergySpent: health.energy_spent,
    of.EnergyRestored: health.energy_restored,
    of.Rested: health.rest,
    of.ConditionGained: conditions.condition_gained,
    of.ConditionLost: conditions.condition_lost,
    of.ActionSpent: abilities.action_spent,
    of.AbilityUsed: abilities.ability_used,
    of.ItemGained: items.item_gained,
    of.ItemLost: items.item_lost,
    of.ChargeSpent: items.charge_spent,
    of.ItemEquipped: equipment.item_equipped,
    of.ItemUnequipped: equipment.item_unequipped,
    of.CreditsGained: purse.credits_gained,
    of.CreditsSpent: purse.credits_spent,
    of.StockTaken: purse.stock_taken,
    of.Moved: places.move,
    of.Surveyed: places.survey,
    of.FindTaken: places.find_taken,
    of.FeatureUsed: places.feature_used,
    of.ExitUnlocked: places.exit_unlocked,
    of.SecretRevealed: places.secret_revealed,
    of.NpcMet: people.npc_met,
    of.DispositionChanged: people.disposition_changed,
    of.EncounterStarted: encounter.encounter_started,
    of.RoundPassed: encounter.round_passed,
    of.EncounterEnded: encounter.encounter_ended,
    of.QuestStarted: quests.quest_started,
    of.QuestProgressed: quests.quest_progressed,
    of.QuestCompleted: quests.quest_completed,
    of.CampaignEnded: quests.campaign_ended,
    of.ExperienceGained: growth.experience_gained,
    of.LevelChoiceMade: growth.level_choice_made,
}
