"""Left over: what of an action is for the story to answer, and what it was to do and did not."""

from __future__ import annotations

from contracts.dm import InvokeDungeonMaster
from services.dm.domain.consequences import find_lives_lost
from services.dm.domain.reading import CLAUSE, Answer, Ask, Deed, Impossible, Meaning, Roleplay, Scope, Step
from services.dm.domain.reading import phrase as put

MOST_NEAR = 2


def find_spoken(
    steps: tuple[Step, ...], proposed: tuple[int, ...], request: InvokeDungeonMaster
) -> tuple[Meaning, ...]:
    """The meanings that are answered in the story. A clause that was done is not read again as one that cannot be;
    where a life was lost, or somebody else played, only what does not hang on the scene is answered."""
    last = max(proposed, default=-1)
    clauses = {position // CLAUSE for position in proposed}
    elsewhere = bool(find_lives_lost(request.rounds)) or _is_anothers(proposed, request)
    spoken: list[Meaning] = []
    for step in steps:
        if isinstance(step.meaning, Deed) or step.position // CLAUSE in clauses:
            continue
        if isinstance(step.meaning, Ask | Impossible) and (step.position < last or elsewhere):
            continue
        if isinstance(step.meaning, Answer) and elsewhere:
            continue
        spoken.append(step.meaning)
    return tuple(spoken)


def find_near(spoken: tuple[Meaning, ...]) -> tuple[str, ...]:
    """Possible meanings of an action that was not understood at all, in words that are read as them."""
    unheard = all(isinstance(meaning, Roleplay) and meaning.manner == "murmur" for meaning in spoken)
    near = (words for meaning in spoken if isinstance(meaning, Roleplay) for words in meaning.near)
    return tuple(dict.fromkeys(near))[:MOST_NEAR] if unheard else ()


def find_left_over(steps: tuple[Step, ...], proposed: tuple[int, ...], request: InvokeDungeonMaster) -> tuple[str, ...]:
    """The deeds that are still to do, in words that are read as them. None where somebody else played, or where the
    cat woke up elsewhere: there the words mean something else."""
    if request.scene.state.status == "ended" or find_lives_lost(request.rounds) or _is_anothers(proposed, request):
        return ()
    last = max(proposed, default=-1)
    clauses = {position // CLAUSE for position in proposed}
    scope = Scope(request.scene, request.briefing, request.history)
    deeds = (s.meaning for s in steps if s.position > last and s.position // CLAUSE not in clauses)
    left = (put(meaning, scope) for meaning in deeds if isinstance(meaning, Deed))
    later = (_waiting(s.meaning) for s in steps if s.position > last)
    return tuple(dict.fromkeys(words for words in (*left, *later) if words))


def _waiting(meaning: Meaning) -> str:
    """The words of a clause that is to wait."""
    return meaning.about or "" if isinstance(meaning, Roleplay) and meaning.manner == "later" else ""


def _is_anothers(proposed: tuple[int, ...], request: InvokeDungeonMaster) -> bool:
    return not proposed and any(played.outcomes for played in request.rounds)
