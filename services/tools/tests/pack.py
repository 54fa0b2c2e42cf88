"""A world of four places, small enough to know by heart: a pier, a shed, a cellar and a loft."""

from __future__ import annotations

from contracts.canon import (
    Ability,
    Affliction,
    CatClass,
    Check,
    Condition,
    Dice,
    Ending,
    Enemy,
    EntityRef,
    Exit,
    Feature,
    Find,
    Goal,
    Item,
    Lock,
    LootEntry,
    LootTable,
    Npc,
    NpcVoice,
    Place,
    Quest,
    QuestStage,
    Reward,
    Secret,
    Shop,
    Spawn,
    StockLine,
    Topic,
    Use,
)
from contracts.lore import CanonSlice

POISON = Condition(id="poisoned", name="Brine Poison", turns=3, hp_per_turn=-2)
STUN = Condition(id="stunned", name="Daze", turns=2, skips_action=True)
SPLINTER = Condition(id="splinter", name="Splinter", turns=2, modifiers={"paws": -2})
DAMP = Condition(id="damp", name="Damp Fur", turns=4, modifiers={"purr": -1})
BRAVE = Condition(id="brave", name="Courage", turns=3, edge=1)

ITEMS = (
    Item(
        id="fishbone",
        name="Fishbone Sabre",
        description="Sharp.",
        kind="weapon",
        slot="claws",
        damage=Dice(count=1, sides=8),
        damage_type="pierce",
        price=12,
    ),
    Item(
        id="harpoon",
        name="Tin Harpoon",
        description="Once.",
        kind="weapon",
        damage=Dice(count=2, sides=6),
        damage_type="pierce",
        stat="paws",
        charges=1,
        price=15,
    ),
    Item(id="vest", name="Cork Vest", description="Floats.", kind="armour", slot="body", armour=2, weight=3, price=30),
    Item(
        id="cream",
        name="Pot of Cream",
        description="Thick.",
        kind="consumable",
        stack=5,
        price=8,
        use=Use(heal=Dice(count=1, sides=8, bonus=2), cures=("poisoned",)),
    ),
    Item(
        id="flare",
        name="Wet Flare",
        description="Bright.",
        kind="consumable",
        stack=3,
        price=10,
        use=Use(
            damage=Dice(count=2, sides=6),
            damage_type="heat",
            afflicts=Affliction(condition=STUN, save=Check(stat="whiskers", difficulty=14)),
        ),
    ),
    Item(
        id="whistle",
        name="Bosun Whistle",
        description="Shrill.",
        kind="tool",
        charges=2,
        price=25,
        use=Use(energy=Dice(count=1, sides=4), condition=BRAVE),
    ),
    Item(id="brass-key", name="Brass Key", description="Old.", kind="key", weight=0),
    Item(id="pearl", name="Dull Pearl", description="Round.", kind="treasure", price=40, weight=0),
    Item(id="herring", name="Sealed Herring", description="Promised.", kind="treasure", price=6),
    Item(id="anchor", name="Small Anchor", description="Heavy.", kind="treasure", price=90, weight=10),
    Item(id="rope", name="Rope End", description="Frayed.", kind="gear", stack=4, price=2),
)

ENEMIES = (
    Enemy(
        id="gull",
        name="Pier Gull",
        description="Screams.",
        hp=7,
        armour=11,
        attack=3,
        damage=Dice(count=1, sides=4),
        damage_type="pierce",
        weak=("heat",),
        speed=2,
        senses=12,
        xp=15,
        loot="gull-loot",
    ),
    Enemy(
        id="crab",
        name="Cellar Crab",
        description="Pinches.",
        hp=12,
        armour=13,
        attack=4,
        damage=Dice(count=1, sides=6),
        damage_type="slash",
        resists=("slash", "pierce"),
        speed=-1,
        senses=10,
        xp=40,
        loot="crab-loot",
        afflicts=Affliction(condition=POISON, save=Check(stat="claws", difficulty=12)),
    ),
)

LOOT = (
    LootTable(
        id="gull-loot",
        entries=(
            LootEntry(weight=5, credits=Dice(count=1, sides=6)),
            LootEntry(weight=3, item="cream"),
            LootEntry(weight=2),
        ),
    ),
    LootTable(id="crab-loot", entries=(LootEntry(weight=1, item="brass-key", credits=Dice(count=2, sides=10)),)),
)

NPCS = (
    Npc(
        id="mate",
        name="Mate Barnacle",
        role="chandler",
        description="Counts ropes.",
        resolve=11,
        approaches={"flatter": 2, "threaten": -4},
        topics=(
            Topic(id="tides", name="the tides", text="They come and go."),
            Topic(id="loft", name="the loft", text="Nobody goes up there.", disposition=1, reveals=("loft-way",)),
        ),
    ),
    Npc(
        id="cook",
        name="Cook Kipper",
        role="cook",
        description="Stirs.",
        disposition=1,
        resolve=14,
        voice=NpcVoice(
            greeting='"Wipe your paws."', again='"You again."', small_talk=('"Salt?"', '"It is all in the stirring."')
        ),
    ),
)

SHOP = Shop(
    id="stall",
    name="Rope Stall",
    keeper="mate",
    buys_at=50,
    stock=(
        StockLine(item="cream", price=9, quantity=2),
        StockLine(item="vest", price=34, quantity=1),
        StockLine(item="anchor", price=11, quantity=1),
    ),
)

SECRETS = (
    Secret(id="loft-way", name="the loft ladder", text="A ladder is folded under the roof."),
    Secret(id="loose-plank", name="the loose plank", text="One plank is newer than the rest."),
)

QUESTS = (
    Quest(
        id="quiet-pier",
        name="A Quiet Pier",
        arc="harbour",
        summary="Too many gulls.",
        giver="mate",
        stages=(
            QuestStage(
                id="gulls",
                text="Drive off the gulls.",
                goal=Goal(kind="defeat", target="gull", count=2),
                reward=Reward(xp=10),
            ),
            QuestStage(id="report", text="Tell the mate.", goal=Goal(kind="talk", target="mate")),
        ),
        reward=Reward(xp=50, credits=20, items=("whistle",), disposition={"mate": 1}),
    ),
    Quest(
        id="spare-whistle",
        name="A Spare Whistle",
        arc="harbour",
        summary="One is never enough.",
        giver="cook",
        stages=(QuestStage(id="report", text="Ask the mate.", goal=Goal(kind="talk", target="mate")),),
        reward=Reward(items=("whistle",)),
    ),
    Quest(
        id="late-supper",
        name="Late Supper",
        arc="harbour",
        summary="A herring is late.",
        giver="cook",
        stages=(
            QuestStage(id="deliver", text="Bring the herring.", goal=Goal(kind="deliver", target="herring", to="cook")),
        ),
        reward=Reward(xp=30, credits=5),
    ),
    Quest(
        id="up-and-away",
        name="Up and Away",
        arc="stars",
        summary="See the sea.",
        giver="mate",
        disposition=1,
        requires=("quiet-pier",),
        stages=(
            QuestStage(id="learn", text="Learn the way up.", goal=Goal(kind="learn", target="loft-way")),
            QuestStage(id="reach", text="Go up.", goal=Goal(kind="reach", target="loft"), reward=Reward(credits=3)),
            QuestStage(id="use", text="Open the hatch.", goal=Goal(kind="use", target="hatch")),
        ),
        reward=Reward(xp=100),
        ending="open-sea",
    ),
)

ENDINGS = (Ending(id="open-sea", name="The Open Sea", text="There it is."),)

PLACES = (
    Place(
        id="pier",
        name="The Pier",
        district="Harbour",
        description="Planks.",
        danger=1,
        exits=(
            Exit(id="pier-shed", to="shed", name="the shed door"),
            Exit(
                id="pier-cellar",
                to="cellar",
                name="the grating",
                lock=Lock(
                    key="brass-key", checks=(Check(stat="wits", difficulty=13), Check(stat="claws", difficulty=12))
                ),
            ),
            Exit(
                id="pier-loft",
                to="loft",
                name="the ladder",
                secret="loft-way",
                hazard=Affliction(condition=SPLINTER, save=Check(stat="paws", difficulty=11)),
            ),
        ),
        features=(
            Feature(
                id="crate",
                name="Nailed Crate",
                description="Rattles.",
                checks=(Check(stat="paws", difficulty=9), Check(stat="wits", difficulty=11)),
                reward=Reward(xp=20, credits=15, items=("pearl",), disposition={"mate": 1}, reveals=("loose-plank",)),
                success="The lid gives.",
                failure="The lid stays.",
                mishap=Affliction(condition=SPLINTER, save=Check(stat="paws", difficulty=12)),
            ),
        ),
        finds=(
            Find(id="coins", credits=7),
            Find(id="ropes", item="rope", quantity=6),
            Find(id="under-plank", item="herring", secret="loose-plank"),
            Find(id="old-anchor", item="anchor"),
        ),
        spawns=(Spawn(id="pier-gulls", enemy="gull", count=2),),
        npcs=("mate",),
        shop="stall",
    ),
    Place(
        id="shed",
        name="The Net Shed",
        district="Harbour",
        description="Nets.",
        safe=True,
        exits=(Exit(id="shed-pier", to="pier", name="the way out"),),
        npcs=("cook",),
    ),
    Place(
        id="cellar",
        name="The Flooded Cellar",
        district="Harbour",
        description="Water.",
        danger=3,
        exits=(Exit(id="cellar-pier", to="pier", name="the steps"),),
        finds=(Find(id="cream-shelf", item="cream", quantity=3),),
        spawns=(Spawn(id="cellar-crab", enemy="crab", hostile=True),),
    ),
    Place(
        id="loft",
        name="The Loft",
        district="Harbour",
        description="Dust.",
        exits=(Exit(id="loft-pier", to="pier", name="down the ladder"),),
        features=(
            Feature(
                id="hatch",
                name="Sea Hatch",
                description="Creaks.",
                checks=(Check(stat="claws", difficulty=8),),
                success="Light.",
                failure="Rust.",
            ),
        ),
    ),
)

ABILITIES = (
    Ability(
        id="pounce",
        name="Pounce",
        description="From above.",
        cost=2,
        target="enemy",
        strike=Dice(count=2, sides=6),
        damage_type="blunt",
        stat="paws",
        afflicts=Affliction(condition=STUN, save=Check(stat="paws", difficulty=13)),
    ),
    Ability(id="third-eye", name="Third Eye", description="Sees.", cooldown=3, target="place", reveals=True),
    Ability(id="knead", name="Knead", description="Softens.", charges=1, target="npc", charms=1),
    Ability(id="vanish", name="Vanish", description="Gone.", cost=3, cooldown=2, escapes=True),
    Ability(id="lick", name="Lick Wounds", description="Tidy.", charges=2, heal=Dice(count=1, sides=6)),
)


CLASSES = (
    CatClass(
        id="deckhand",
        name="Deckhand",
        description="Strong.",
        stats={"claws": 3, "paws": 1, "whiskers": 1, "wits": 0, "purr": 1},
        hp=18,
        hp_per_level=5,
        energy=6,
        armour=13,
        credits=40,
        abilities=(ABILITIES[0], ABILITIES[4]),
        items=("fishbone", "cream", "vest"),
    ),
    CatClass(
        id="stowaway",
        name="Stowaway",
        description="Sly.",
        stats={"claws": 0, "paws": 3, "whiskers": 2, "wits": 2, "purr": 2},
        hp=12,
        hp_per_level=3,
        energy=8,
        armour=12,
        credits=10,
        abilities=ABILITIES[1:4],
        items=("harpoon", "flare", "whistle"),
    ),
)


def canon_at(place_id: str) -> CanonSlice:
    """The whole pack, as seen from this place."""
    place = next(place for place in PLACES if place.id == place_id)
    names = {one.id: EntityRef(id=one.id, name=one.name) for one in PLACES}
    return CanonSlice(
        place=place,
        neighbours=tuple(names[way.to] for way in place.exits),
        npcs=tuple(npc for npc in NPCS if npc.id in place.npcs),
        enemies=ENEMIES,
        items=ITEMS,
        loot=LOOT,
        shop=SHOP if place.shop else None,
        quests=QUESTS,
        secrets=SECRETS,
        endings=ENDINGS,
        haven=names["shed"],
    )
