"""Any sequence of intents, legal or not, in any order, keeps the sheet sound."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from services.campaign.domain.invariants import broken_by, violations
from services.tools.domain.registry import TOOLS
from services.tools.tests.pack import CLASSES
from services.tools.tests.strategies import SEEDS, arguments
from tests.rules.small_campaign import Game, new_campaign
from tests.support.size import pick_size

ANY_INTENT = st.sampled_from(sorted(TOOLS)).flatmap(lambda name: st.tuples(st.just(name), arguments(TOOLS[name])))

USEFUL = st.sampled_from(
    [
        ("attack", {"target": "pier-gulls"}),
        ("attack", {"target": "gull"}),
        ("attack", {"target": "crab"}),
        ("use_item", {"item": "flare", "target": None}),
        ("use_item", {"item": "cream"}),
        ("use_ability", {"ability": "pounce", "target": "gull"}),
        ("use_ability", {"ability": "third-eye"}),
        ("use_ability", {"ability": "vanish"}),
        ("move_to", {"place": "shed"}),
        ("move_to", {"place": "pier"}),
        ("move_to", {"place": "cellar"}),
        ("move_to", {"place": "loft"}),
        ("unlock", {"exit": "cellar"}),
        ("try_feature", {"feature": "crate", "approach": "paws"}),
        ("try_feature", {"feature": "hatch", "approach": "claws"}),
        ("take", {"find": "under-plank"}),
        ("take", {"find": "ropes"}),
        ("accept_quest", {"quest": "quiet-pier"}),
        ("accept_quest", {"quest": "late-supper"}),
        ("accept_quest", {"quest": "up-and-away"}),
        ("give", {"item": "herring", "npc": "cook"}),
        ("talk", {"npc": "mate", "topic": None}),
        ("talk", {"npc": "mate", "topic": "loft"}),
        ("persuade", {"npc": "mate", "approach": "flatter"}),
        ("buy", {"item": "cream"}),
        ("sell", {"item": "pearl"}),
        ("level_up", {"stat": "claws"}),
        ("rest", {}),
        ("hide", {}),
        ("search", {}),
        ("flee", {}),
        ("defend", {}),
    ]
)


class AnySequence(RuleBasedStateMachine):
    """Turns of nothing, of one intent, of several at once, of several rounds."""

    @initialize(cat=st.sampled_from(CLASSES), seed=SEEDS)
    def begin(self, cat, seed):
        self.game = Game(state=new_campaign(cat), seed=seed)
        self.before = self.game.state

    @rule(intent=USEFUL | ANY_INTENT)
    def one_intent(self, intent):
        """The campaign takes all that the rules rule done, alone in its round."""
        self._turn([intent])
        assert self.game.list_refused() == []

    @rule(intents=st.lists(USEFUL | ANY_INTENT, min_size=2, max_size=4))
    def several_at_once(self, intents):
        """Outcomes that were worked out side by side may collide; then one is refused whole, with a reason."""
        self._turn(intents)
        assert all(one.refused and one.refused.code and one.refused.reason for one in self.game.list_refused())
        self.game.settled.clear()

    @rule(rounds=st.lists(USEFUL | ANY_INTENT, min_size=2, max_size=3))
    def several_rounds(self, rounds):
        self._turn(*([intent] for intent in rounds))
        assert self.game.list_refused() == []

    @rule()
    def nothing(self):
        self._turn([])

    def _turn(self, *rounds):
        if self.game.state.status == "ended":
            return
        self.before = self.game.state
        self.game.turn(*rounds)
        assert list(broken_by(self.before, self.game.state)) == []

    @invariant()
    def the_sheet_is_sound(self):
        if hasattr(self, "game"):
            assert violations(self.game.state) == ()

    def teardown(self):
        if hasattr(self, "game"):
            assert self.game.replay() == self.game.state


AnySequence.TestCase.settings = settings(max_examples=pick_size(30, soaking=600), stateful_step_count=40)
TestAnySequence = AnySequence.TestCase
