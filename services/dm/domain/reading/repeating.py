"""Words said again or in the place of something: their verb is that of what was done before."""

from __future__ import annotations

from dataclasses import replace

from services.dm.domain.reading import looking
from services.dm.domain.reading.attempts import STATS_MEANT
from services.dm.domain.reading.best_deed import find_best
from services.dm.domain.reading.candidates import Candidate, one
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.clauses import clauses_of
from services.dm.domain.reading.entities import Entity
from services.dm.domain.reading.lexing import tokens
from services.dm.domain.reading.meaning import Ask, Deed, Impossible, Roleplay
from services.dm.domain.reading.mentions import mention
from services.dm.domain.reading.naming import resolve
from services.dm.domain.reading.nearby import begins_deed, find_near
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.verbs import hear


def read_substitute(clause: Clause, before: Clause | None, addressed: Entity | None, scope: Scope) -> Candidate | None:
    """The deed in the place of something negated: with the verb that had, or the last turn's."""
    if clause.instead is None:
        return None
    named = mention(clause.words, scope, *looking.LOOKED_AT, "ability", "stat")
    named = named if named.entities else resolve(clause.words, scope, "foe", "ware", "find")
    if not named.entities:
        return None
    gone = find_best(replace(clause, words=clause.rather_than), scope) if clause.rather_than else None
    for verb in (clause.instead, *(() if gone else _last_verbs(scope))):
        found = find_best(replace(clause, words=(*verb, *clause.words)), scope) if verb else None
        if found and gone and found.meanings == gone.meanings:
            return None
        if found and found.score >= 0.6 and not isinstance(found.meanings[0], Impossible | Roleplay):
            return found
    entity = named.entities[0]
    if entity.kind == "find":
        return one(0.8, Deed("take", {"find": entity.id}), entity)
    if entity.kind == "ware":
        return one(0.8, Ask((Deed("buy", {"item": entity.id}),)), entity)
    if entity.kind == "stat" and scope.scene.state.character.choices:
        return one(0.8, Ask((Deed("level_up", {"stat": entity.id, "ability": None}),)), entity)
    return None


def _last_verbs(scope: Scope) -> list[tuple[str, ...]]:
    """The verb of what was typed last."""
    if not scope.history:
        return []
    clauses = clauses_of(tokens(scope.history[-1].action), lambda words: begins_deed(words, scope))
    heard = [
        verb for clause in clauses[-1:] for verb in hear(clause.words) if verb.sure == 1.0 and "~" not in verb.phrase
    ]
    return [clauses[-1].words[: max(verb.length for verb in heard)]] if heard else []


def read_repetition(clause: Clause, before: Clause | None, addressed: Entity | None, scope: Scope) -> Candidate | None:
    """ "again": the last clause of this action, or the last action, with what is said now."""
    verb = next((verb for verb in hear(clause.words) if verb.sense == "repeat"), None)
    if verb is None:
        return None
    if before:
        return _otherwise(find_best(before, scope), clause, scope)
    if not scope.history:
        return one(0.8, Roleplay("murmur", near=find_near((), scope)))
    if scope.fighting and resolve(verb.rest, scope, "foe").entities:
        return _blow_before(scope)
    past = Scope(scope.scene, scope.briefing, scope.history[:-1])
    clauses = [c for c in clauses_of(tokens(scope.history[-1].action), lambda w: begins_deed(w, scope)) if c.words]
    again = any(verb.sense == "repeat" for c in clauses[-1:] for verb in hear(c.words))
    if again and len(scope.history) > 1:
        return read_repetition(clause, None, None, replace(past, recent=[]))
    past.recent.extend(scope.spoken_of)
    found = find_best(clauses[-1], past) if clauses else None
    return _otherwise(found, clause, scope) if found and found.score >= 0.5 else None


def _otherwise(found: Candidate | None, clause: Clause, scope: Scope) -> Candidate | None:
    """ "again, but smarter": the attempt with the stat that is told now, where the thing can be tried so."""
    deed = found.meanings[0] if found else None
    stat = next((STATS_MEANT[word] for word in clause.words if word in STATS_MEANT), None)
    if found is None or not isinstance(deed, Deed) or deed.tool != "try_feature" or stat is None:
        return found
    tried = next((each for each in scope.of("feature") if each.id == deed.arguments["feature"]), None)
    if tried is None or stat not in tried.thing.stats:
        return found
    return replace(found, meanings=(Deed("try_feature", {**deed.arguments, "approach": stat}),))


def _blow_before(scope: Scope) -> Candidate | None:
    """ "the same bird as before": the last blow, whatever was said since."""
    for number in range(len(scope.history) - 1, -1, -1):
        past = Scope(scope.scene, scope.briefing, scope.history[:number])
        for clause in reversed(
            clauses_of(tokens(scope.history[number].action), lambda words: begins_deed(words, scope))
        ):
            found = find_best(clause, past)
            if found and isinstance(found.meanings[0], Deed) and found.meanings[0].tool == "attack":
                return found
    return None
