"""try_feature: paws or wits on something in the place."""

from __future__ import annotations

from pydantic import Field

from contracts.canon import Affliction, Feature, Stat
from contracts.effects import ConditionGained, FeatureUsed
from contracts.tools import Refusal
from services.tools.domain.checks import check, failed_badly, save, succeeded
from services.tools.domain.dice import Roller
from services.tools.domain.holdings import Holdings
from services.tools.domain.intent import Intent, Word
from services.tools.domain.rewards import pay, payable
from services.tools.domain.ruling import Ruling, refuse, refuse_unknown
from services.tools.domain.surroundings import Surroundings, ids, pick


class TryFeature(Intent):
    """Try to get something out of a feature of this place."""

    feature: Word = Field(description="Feature id.", json_schema_extra={"refers_to": "feature"})
    approach: Stat = Field(description="Stat to try it with.")


def try_feature(intent: TryFeature, here: Surroundings, dice: Roller) -> Ruling | Refusal:
    feature = pick(intent.feature, here.features)
    if feature is None:
        return refuse_unknown("feature", ids(here.features))
    way = next((way for way in feature.checks if way.stat == intent.approach), None)
    if way is None:
        stats = [known.stat for known in feature.checks]
        return refuse(
            "wrong-approach", "A feature yields to its own stats.", f"{feature.name} wants another way.", stats
        )
    holdings = Holdings(here)
    if refusal := _untouchable(feature, here, holdings):
        return refusal
    ruling = Ruling()
    roll = check(dice, here.derived, way.stat, way.difficulty)
    ruling.tells(f"You try {feature.name} with {way.stat}: {roll.total} against {roll.target}.", feature)
    if succeeded(roll):
        ruling.does(FeatureUsed(feature=feature.id))
        ruling.tells(feature.success)
        pay(feature.reward, feature, here, holdings, ruling)
        return ruling
    ruling.tells(feature.failure)
    if feature.mishap and failed_badly(roll):
        _mishap(feature.mishap, here, dice, ruling)
    return ruling


def _untouchable(feature: Feature, here: Surroundings, holdings: Holdings) -> Refusal | None:
    if feature.id in here.state.used:
        fresh = [other.id for other in here.features if other.id not in here.state.used]
        return refuse("used-up", "A feature gives once.", f"{feature.name} has given what it had.", fresh)
    return payable(feature.reward.items, here, holdings)


def _mishap(mishap: Affliction, here: Surroundings, dice: Roller, ruling: Ruling) -> None:
    roll, suffered = save(dice, here.derived, mishap)
    condition = mishap.condition
    if suffered:
        ruling.does(ConditionGained(target="character", condition=suffered))
        ruling.tells(f"It costs you: {condition.name}, {roll.total} against {roll.target}.", condition)
    else:
        ruling.tells(f"You just escape {condition.name}: {roll.total} against {roll.target}.", condition)
