"""Words that a fact bears out: whether a clause may say one because of it, by what the word tells and of whom."""

from __future__ import annotations

from services.dm.domain.english.sentences import split_sentences
from services.dm.domain.english.tokens import written_out
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.facts import TurnFact
from services.dm.domain.story.anchored import is_anchored
from services.dm.domain.story.clauses import Clause
from services.dm.domain.story.context import Named, StoryContext
from services.dm.domain.story.licences import BLOWS, CAT, DOERS, FOE, IN_VAIN, NEUTRAL, OF_SOMEBODY, OTHER, licence_of
from services.dm.domain.story.vocabulary import contraries, forms, is_of, light_words, plain_words, root, telling

_ALL = word_set("both all either every each they them other")
_PASSIVE = word_set("is are be been being get gets was were")
_PARTICIPLES = word_set("hit struck caught cut torn bitten slain hurt shot")
_SUFFERS = frozenset(map(root, word_set("take suffer stagger reel rock buckle absorb wince feel lose receive")))
"""Verbs of whoever is struck."""
_AIMS = word_set("at for toward towards out")
"""Behind a blow: it was aimed, and nothing is said of where it went."""
_MISSES = frozenset(map(root, word_set("miss wide air short whiff")))
_STATS = frozenset(map(root, word_set("claws paws whiskers wits purr")))
_TRIES = frozenset(map(root, word_set("try attempt set want hope do best")))
_SAYS_NO = (
    frozenset(
        map(root, word_set("nothing no not none never nowhere nobody without cannot only just more fail refuse unable"))
    )
    | light_words()
)
"""Words that may stand beside a denial of what came to nothing. Others say themselves that it did: who does not miss
has hit."""
_NO_WORDS_OF_ITS_OWN = BLOWS | {"persuaded"}
"""Facts whose own words say nothing of how it went."""
_OWN_DENIAL = frozenset(("says", "on-topic", "learn", "quest-on", "take-on", ""))
"""Facts with sentences of their own, of which one may deny and another not."""
_DENIALS = (" not ", " nothing ", " no ", "cannot")


def bears(fact: TurnFact, at: int, clause: Clause, known: StoryContext) -> bool:
    """Whether this fact lets the clause say the word at this place."""
    if is_anchored(fact, at, clause):
        return True
    if fact.kind in OF_SOMEBODY and clause.role == OTHER and not _is_theirs(fact, clause.subject):
        return False
    if not clause.denies and any(
        {root(token.word), token.word} & _contrary(fact) for token in clause.tokens if not token.compared
    ):
        return False
    if (
        fact.kind == "persuaded"
        and is_of("court", clause.tokens[at].word)
        and not any(root(token.word) in _TRIES for token in clause.tokens)
    ):
        return False
    if fact.kind in BLOWS and fact.kind != "strike" and not clause.role and _has_own_weapon(at, clause, known):
        return False
    own = forms(clause.tokens[at].word)
    sections = [name for name in licence_of(fact).sections if _tells(name, own, denied=clause.denies)]
    if fact.kind in BLOWS and "hit" not in licence_of(fact).sections and not clause.denies and _is_blow(at, clause):
        return False
    if not sections:
        return _is_in_text(fact, own, clause, known) and (
            fact.kind in _OWN_DENIAL or _doers_fit(fact, at, clause, known)
        )
    if not any(clause.role in DOERS.get(section, (clause.role,)) for section in sections):
        return False
    return _doers_fit(fact, at, clause, known)


def _has_own_weapon(at: int, clause: Clause, known: StoryContext) -> bool:
    """Whether what does it is a thing that the cat carries: its claws strike for nobody else."""
    before = (part for token in clause.tokens[:at] for part in token.word.split())
    return any(root(word) in known.belongings for word in before)


def _contrary(fact: TurnFact) -> frozenset[str]:
    """Words that tell the opposite of this fact."""
    kind = fact.kind
    if kind == "tried":
        kind = "tried-well" if "tried-well" in licence_of(fact).sections else "tried-badly"
    return contraries().get(kind, frozenset()) | _other_stats(fact)


def _other_stats(fact: TurnFact) -> frozenset[str]:
    """Stems of the stats that did not grow when another one did."""
    return _STATS - {root(fact.happening.parts["what"])} if fact.kind == "grow" else frozenset()


def _tells(section: str, own: tuple[str, ...], *, denied: bool) -> bool:
    """Whether a section has the word, as it stands or denied. What came to nothing may be told either way."""
    words = telling()[section]
    plain = any(form in words for form in own)
    if not denied:
        return plain
    if any(f"~{form}" in words for form in own):
        return True
    return plain and (section in NEUTRAL or (section in IN_VAIN and any(form in _SAYS_NO for form in own)))


def _is_in_text(fact: TurnFact, own: tuple[str, ...], clause: Clause, known: StoryContext) -> bool:
    """Whether the word is one of the rules' own, in a clause that denies as they do."""
    if fact.kind in _NO_WORDS_OF_ITS_OWN or not any(form in known.own_words[fact.id] for form in own):
        return False
    if fact.kind in _OWN_DENIAL and fact.kind:
        return True
    words = {root(token.word) for token in clause.tokens if root(token.word) not in plain_words()}
    for sentence in split_sentences(fact.text):
        theirs = set(map(root, written_out(sentence)))
        if any(word in f" {sentence.casefold()} " for word in _DENIALS) == clause.denies and any(
            f in theirs for f in own
        ):
            return True
        if clause.denies and any(form in theirs for form in own) and _denies_one_of(words - set(own), fact):
            return True
    return False


def _denies_one_of(words: set[str], fact: TurnFact) -> bool:
    """Whether a sentence of the fact denies something of what one of these words names."""
    denials = (each for each in split_sentences(fact.text) if any(word in f" {each.casefold()} " for word in _DENIALS))
    return any(words & set(map(root, written_out(each))) for each in denials)


def _is_blow(at: int, clause: Clause) -> bool:
    """Whether the word says that something was struck, and not only struck at, or in vain."""
    if any(form in _MISSES for token in (*clause.tokens, *clause.following) for form in forms(token.word)):
        return False
    if any(token.word in _AIMS for token in clause.tokens[at + 1 : at + 4]):
        return False
    blows = telling()["hit"] - telling()["miss"]
    return any(form in blows for form in forms(clause.tokens[at].word))


def _tells_of_all(clause: Clause) -> bool:
    """Whether it is of more than one enemy: of both, of all, of "the bunnies"."""
    several = any(len({one.id for one in token.named if one.role == FOE}) > 1 for token in clause.tokens)
    plural = any(token.word.endswith("s") and token.named and token.named[0].role == FOE for token in clause.tokens)
    return (several and plural) or any(token.word in _ALL for token in clause.tokens)


def _doers_fit(fact: TurnFact, at: int, clause: Clause, known: StoryContext) -> bool:
    """Whether who does it in the clause is who did it. What has no name may be anybody's."""
    licence = licence_of(fact)
    if not clause.role and fact.kind == "foe-falls" and known.standing:
        return _is_about(fact, clause.named)
    if not clause.subject:
        return fact.kind not in BLOWS or (_falls_on(fact, clause) and _is_clear(fact, clause, known))
    if fact.kind in ("foe-falls", "outrun") and _tells_of_all(clause) and (known.standing or fact.kind == "outrun"):
        return False
    if fact.kind == "foe-falls":
        return _is_about(fact, clause.subject if clause.role == FOE else clause.named)
    if licence.agents == {CAT} and not clause.role and not _is_of_it(fact, clause):
        return False
    if fact.kind not in BLOWS and fact.kind != "hurt" and not licence.patients:
        return clause.role in licence.agents or not clause.role or (clause.role == OTHER and CAT in licence.agents)
    if fact.kind == "strike" and clause.role == CAT and not _is_aimed(fact, clause):
        return False
    wanted = licence.patients if _is_struck(at, clause) else licence.agents
    if clause.role and clause.role not in wanted:
        return False
    return clause.role != FOE or fact.kind in ("strike", "hurt") or _is_about(fact, clause.subject)


def _is_of_it(fact: TurnFact, clause: Clause) -> bool:
    """Whether what a clause is about may have to do with a deed of the cat's: it is no other thing of the scene."""
    things = [one for one in clause.subject if not one.role]
    told = fact.text.casefold()
    return not things or clause.mentions_cat or any(one.name.casefold() in told for one in (*things, *clause.named))


def _is_aimed(fact: TurnFact, clause: Clause) -> bool:
    """Whether whom the clause names, if anybody, is whom the blow was meant for."""
    foes = tuple(one for one in clause.named if one.role == FOE)
    return not foes or _is_about(fact, foes)


def _falls_on(fact: TurnFact, clause: Clause) -> bool:
    """Whether a blow that the clause says of nobody is this one, by whom it falls on, or by whom it went on from."""
    foes = any(one.role == FOE for one in clause.named)
    if not foes and not clause.mentions_cat and clause.before:
        return (clause.before[0].role == CAT) == (fact.kind == "strike")
    return (foes or not clause.mentions_cat) if fact.kind == "strike" else (clause.mentions_cat or not foes)


def _is_clear(fact: TurnFact, clause: Clause, known: StoryContext) -> bool:
    """Whether a blow that the clause says of nobody is this one: the cat's own, or all went so."""
    if clause.before or clause.named or clause.mentions_cat or any(token.slot for token in clause.tokens):
        return True
    own = any(each.kind == "strike" for each in known.facts)
    if own:
        return fact.kind == "strike"
    return len({"hit" in licence_of(each).sections for each in known.facts if each.kind in BLOWS}) == 1


def _is_struck(at: int, clause: Clause) -> bool:
    """Whether the word says what is done to the clause's subject."""
    word = clause.tokens[at].word
    passive = any(token.word in _PASSIVE for token in clause.tokens[max(0, at - 3) : at])
    return (passive and (word.endswith("ed") or word in _PARTICIPLES)) or any(form in _SUFFERS for form in forms(word))


def _is_about(fact: TurnFact, named: tuple[Named, ...]) -> bool:
    """Whether the enemy of a fact is among these; "the bunny" may be any of its kind."""
    foe = fact.happening.parts.get("foe", "").casefold()
    return any(one.role == FOE and (one.name.casefold() in foe or foe in one.name.casefold()) for one in named)


def _is_theirs(fact: TurnFact, named: tuple[Named, ...]) -> bool:
    npc = fact.happening.parts.get("npc", "").casefold()
    return any(one.name.casefold() == npc for one in named)
