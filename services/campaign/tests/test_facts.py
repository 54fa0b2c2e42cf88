"""Facts that a turn leaves to be remembered: the rules' own sentences, with what they are about."""

from __future__ import annotations

from contracts.campaign import Settled
from contracts.canon import EntityRef
from contracts.effects import CreditsSpent
from contracts.tools import Outcome
from services.campaign.domain.facts import MOST_FACTS, facts_of
from services.campaign.domain.turn import play_out
from services.campaign.tests.builders import new_state, outcome, refusal

MAGS, GATE, EEL = (
    EntityRef(id="old-mags", name="Old Mags"),
    EntityRef(id="the-gate", name="Iron Gate"),
    EntityRef(id="eel", name="Eel"),
)


def saying(*facts: str, mentions: tuple[EntityRef, ...] = (MAGS, GATE, EEL)) -> Outcome:
    return outcome().model_copy(update={"facts": facts, "mentions": mentions})


def tell(*outcomes: Outcome) -> list[tuple[str, tuple[str, ...]]]:
    settled = play_out(new_state(), outcomes).settled
    return [(fact.text, fact.about) for fact in facts_of(settled)]


def test_a_sentence_is_about_those_it_names() -> None:
    spoken = saying("Old Mags on Iron Gate: it bites.", "You now carry Eel.")

    assert tell(spoken) == [
        ("Old Mags on Iron Gate: it bites.", ("old-mags", "the-gate")),
        ("You now carry Eel.", ("eel",)),
    ]


def test_part_of_a_word_is_no_name() -> None:
    assert tell(saying("You feel a keel."))[0][1] == ()


def test_a_sentence_that_names_nothing_goes_on_about_what_was_named_before() -> None:
    assert tell(saying("You try Iron Gate: 14 against 12.", "It swings open.")) == [
        ("You try Iron Gate: 14 against 12.", ("the-gate",)),
        ("It swings open.", ("the-gate",)),
    ]


def test_what_was_not_applied_is_no_fact() -> None:
    too_dear = outcome(CreditsSpent(amount=99, source="bar")).model_copy(update={"facts": ("You pay.",)})
    unlawful = refusal().model_copy(update={"facts": ("Nobody there.",)})

    assert tell(too_dear, unlawful, saying("Old Mags nods.")) == [("Old Mags nods.", ("old-mags",))]


def test_a_turn_full_of_talk_is_cut_where_the_contract_ends() -> None:
    loud = [Settled(outcome=saying(*[f"Old Mags says {n}." for n in range(24)]), applied=True)] * 10

    assert len(facts_of(loud)) == MOST_FACTS
