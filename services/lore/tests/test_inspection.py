"""A pack that cannot be played is a build error that says where and what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.lore.domain.assembly import SourceFile
from services.lore.domain.inspection import inspect
from services.lore.tests.small_world import Content, faults, small_world

Breakage = Callable[[Content], Any]


def place(content: Content, id: str) -> Any:
    return next(p for p in content["places"] if p["id"] == id)


def quest(content: Content) -> Any:
    return content["quests"][0]


def more_places(content: Content, number: int) -> list[Any]:
    """As many new places, each reached from the last."""
    ids = ["saucer", *(f"cup-{n}" for n in range(number))]
    place(content, "saucer")["exits"].append({"id": "to-cup-0", "to": "cup-0", "name": "on"})
    new = [
        {
            "id": here,
            "name": f"Cup {here[4:]}",
            "district": "Shelf",
            "description": "A cup.",
            "exits": [
                {"id": f"from-{here}", "to": before, "name": "back"},
                {"id": f"beyond-{here}", "to": beyond, "name": "on"},
            ],
        }
        for before, here, beyond in zip(ids, ids[1:], [*ids[2:], "saucer"], strict=False)
    ]
    content["places"] += new
    return new


BREAKAGES: dict[str, tuple[Breakage, str, str]] = {
    "an exit to nowhere": (lambda c: place(c, "rim")["exits"][0].update(to="spout"), "rim", "names spout"),
    "a key that does not exist": (lambda c: place(c, "rim")["exits"][1]["lock"].update(key="kay"), "rim", "names kay"),
    "an unknown enemy": (lambda c: place(c, "rim")["spawns"][0].update(enemy="bee"), "rim", "names bee"),
    "a reward that does not exist": (lambda c: quest(c).update(reward={"items": ["cake"]}), "stirring", "names cake"),
    "a secret that does not exist": (
        lambda c: c["npcs"][0]["topics"][0].update(reveals=["gossip"]),
        "dormouse",
        "names gossip",
    ),
    "a rumour about nothing": (lambda c: c["rumours"][0].update(about=["spout"]), "buzzing", "names spout"),
    "an unknown start": (lambda c: c["manifest"].update(start="spout"), "manifest", "names spout"),
    "two things of one id": (lambda c: c["items"].append(c["items"][0]), "spoon", "there twice among the items"),
    "two exits of one id": (lambda c: place(c, "depths")["exits"][0].update(id="handle"), "handle", "there twice"),
    "an unreachable place": (lambda c: place(c, "rim")["exits"].pop(1), "depths", "cannot be reached"),
    "a lock whose key is behind it": (
        lambda c: (
            quest(c)["stages"][0].update(reward={"reveals": ["buzz"]})
            or place(c, "depths").update(finds=[{"id": "k", "item": "lid-key"}])
        ),
        "depths",
        "lid for key lid-key",
    ),
    "a lock that nothing opens": (lambda c: place(c, "rim")["exits"][1].update(lock={}), "rim", "nothing opens"),
    "a place without a way back": (
        lambda c: place(c, "depths")["exits"][0].update(to="depths"),
        "depths",
        "no way back",
    ),
    "a giver who is never met": (
        lambda c: quest(c).update(giver="mark") or c["npcs"][0]["topics"].pop(1),
        "stirring",
        "cannot begin: its giver mark",
    ),
    "quests that require each other": (
        lambda c: quest(c).update(requires=["stirring"]),
        "stirring",
        "requires stirring",
    ),
    "more enemies wanted than there are": (
        lambda c: quest(c)["stages"][1]["goal"].update(count=2),
        "stirring",
        "(1 of 2 there)",
    ),
    "an enemy that can be beaten too early": (
        lambda c: place(c, "rim")["exits"][1].update(lock={"checks": [{"stat": "claws", "difficulty": 10}]}),
        "stirring",
        "can be spoilt: tea-leaf",
    ),
    "a lock that opens to something that can be sold": (
        lambda c: place(c, "rim")["exits"][1].update(lock={"key": "tongs"}),
        "rim",
        "opens to tongs, which is no key",
    ),
    "a wanted thing that can be sold": (
        lambda c: quest(c)["stages"][0].update(goal={"kind": "hold", "target": "tongs"}),
        "stirring",
        "is no key and may be parted with",
    ),
    "a delivery to nobody": (
        lambda c: quest(c)["stages"][0].update(goal={"kind": "deliver", "target": "lid-key"}),
        "stirring",
        "only deliver has `to`",
    ),
    "an ending nobody reaches": (lambda c: quest(c).pop("ending"), "drunk-up", "is the ending of no quest"),
    "a secret nobody tells": (lambda c: c["npcs"][0]["topics"].pop(1), "chip", "is revealed by nothing"),
    "a thing that can be had nowhere": (
        lambda c: place(c, "saucer").update(features=[]),
        "tongs",
        "can be had nowhere",
    ),
    "an enemy that waits nowhere": (lambda c: place(c, "rim")["spawns"].pop(0), "ant", "waits nowhere"),
    "loot that nobody leaves": (lambda c: [e.pop("loot") for e in c["enemies"]], "crumbs", "left by no enemy"),
    "a person who stands nowhere": (lambda c: place(c, "underside").update(npcs=[]), "mark", "stands nowhere"),
    "a person in two places": (lambda c: place(c, "rim").update(npcs=["mark"]), "mark", "stands in 2 places"),
    "a shop without its keeper": (lambda c: c["shops"][0].update(keeper="mark"), "sugar-bowl", "does not stand"),
    "a shop in no place": (lambda c: place(c, "saucer").pop("shop"), "sugar-bowl", "is in no place"),
    "a shop that sells nothing": (lambda c: c["shops"][0].update(stock=[]), "sugar-bowl", "stock does not fit"),
    "a shop that pays more than it takes": (
        lambda c: c["items"][2].update(price=9),
        "sugar-bowl",
        "buys sugar for more than it sells it",
    ),
    "an ability without a limit": (
        lambda c: c["classes"][0]["abilities"][0].pop("cost"),
        "stir",
        "can be used without limit",
    ),
    "a haven that is not safe": (lambda c: c["manifest"].update(haven="rim"), "manifest", "not a safe place"),
    "a public text that names a secret": (
        lambda c: place(c, "saucer").update(description="Mind the Chip."),
        "saucer",
        "names The Chip, which hides",
    ),
    "a hidden text that names another secret": (
        lambda c: place(c, "underside").update(description="Beware the buzzing."),
        "underside",
        "names The Buzzing, which hides",
    ),
    "a quest text that names what is hidden": (
        lambda c: quest(c).update(summary="Ask Potter's Mark."),
        "stirring",
        "names Potter's Mark, which hides",
    ),
    "a figure out of bounds": (lambda c: c["enemies"][0].update(hp=0), "ant", "hp does not fit"),
    "a misspelt field": (lambda c: place(c, "rim").update(dangre=3), "rim", "unknown field dangre"),
    "a misspelt nested field": (
        lambda c: place(c, "rim")["exits"][1].update(lock={"key": "lid-key", "chekcs": []}),
        "rim",
        "unknown field exits.1.lock.chekcs",
    ),
    "a section nobody knows": (lambda c: c.update(monsters=[]), "monsters", "is no section"),
    "a section that is no list": (lambda c: c.update(factions={}), "factions", "is not a list"),
    "an entry that is no object": (lambda c: c["factions"].append("guests"), "factions[2]", "does not fit"),
    "a place too large for the rules": (
        lambda c: place(c, "rim").update(
            features=[
                {**place(c, "saucer")["features"][0], "id": f"crumb-{n}", "success": "x" * 4000, "failure": "x" * 4000}
                for n in range(3)
            ]
        ),
        "rim",
        "bytes in a slice of canon, 24576 fit",
    ),
    "more told in one place than a slice can hold": (
        lambda c: [
            c["secrets"].extend({"id": f"s{n}{m}", "name": f"Secret {n}{m}", "text": "Hush."} for m in range(4))
            or c["npcs"][0]["topics"].append(
                {"id": f"t{n}", "name": "hush", "text": "Hush.", "reveals": [f"s{n}{m}" for m in range(4)]}
            )
            for n in range(3)
        ],
        "saucer",
        "holds too much for one slice of canon: secrets",
    ),
    "more finds than a campaign can remember": (
        lambda c: [
            p.update(finds=[{"id": f"{p['id']}-{n}-{m}", "credits": 1} for m in range(6)])
            for n, p in enumerate(more_places(c, 24))
        ],
        "finds",
        "has 146, 128 fit",
    ),
    "a thing with two phrasings": (
        lambda c: c["items"][0].update(aliases=["the spoon", "silver"]),
        "spoon",
        "the item has 2 phrasings, 3 are needed",
    ),
    "an exit nobody has a word for": (
        lambda c: place(c, "rim")["exits"][1].pop("aliases"),
        "rim",
        "exit lid has 1 phrasings",
    ),
    "loose credits nobody has a word for": (
        lambda c: place(c, "rim")["finds"][1].update(aliases=["coins"]),
        "rim",
        "find rim-pence has 2 phrasings",
    ),
    "a topic that can be asked for in one way": (
        lambda c: c["npcs"][0]["topics"][0].pop("aliases"),
        "dormouse",
        "topic tea has 1 phrasings",
    ),
    "a feature nothing can be done to": (
        lambda c: place(c, "saucer")["features"][0].pop("deeds"),
        "saucer",
        "crumb has no deeds",
    ),
    "a word for two things in one place": (
        lambda c: place(c, "saucer")["features"][0].update(aliases=["bread", "grip"]),
        "saucer",
        "“grip” may mean a way to rim or crumb",
    ),
    "a word for a place and for a thing beside its door": (
        lambda c: place(c, "saucer")["features"][0].update(aliases=["bread", "the brink"]),
        "saucer",
        "“brink” may mean a way to rim or crumb",
    ),
    "a word for a ware and for its seller": (
        lambda c: c["items"][2].update(aliases=["lump", "mouse"]),
        "saucer",
        "“mouse” may mean dormouse or sugar",
    ),
    "a word for two topics": (
        lambda c: c["npcs"][0]["topics"][1].update(aliases=["brew", "fault"]),
        "dormouse",
        "“brew” may mean flaw or tea",
    ),
    "a hint that does not name its goal": (
        lambda c: quest(c)["stages"][1].update(text="Beat what floats."),
        "stirring",
        "the text of stage stir does not name tea-leaf",
    ),
    "a hint without a verb": (
        lambda c: quest(c)["stages"][1].update(text="The Tea Leaf must not be."),
        "stirring",
        "the text of stage stir has no verb for its goal",
    ),
    "somebody without a voice": (lambda c: c["npcs"][1].pop("voice"), "mark", "has no voice"),
    "a voice without a second greeting": (
        lambda c: c["npcs"][1]["voice"].pop("again"),
        "mark",
        "again of its voice is not a line",
    ),
    "a voice that counts": (
        lambda c: c["npcs"][1]["voice"].update(unknown='"I signed forty cups."'),
        "mark",
        "holds a figure: forty",
    ),
    "a voice with nothing to chat about": (
        lambda c: c["npcs"][1]["voice"].update(small_talk=[]),
        "mark",
        "has 0 lines of small talk",
    ),
    "a voice that tells a secret": (
        lambda c: c["npcs"][0]["voice"].update(farewell='"Mind the Chip."'),
        "dormouse",
        "names The Chip, which hides",
    ),
    "an alias that tells a secret": (
        lambda c: place(c, "saucer")["features"][0].update(aliases=["bread", "the chip"]),
        "saucer",
        "names The Chip, which hides",
    ),
    "ambience that names somebody": (
        lambda c: place(c, "rim")["ambience"].append("Dormouse snores."),
        "rim",
        "ambience names Dormouse",
    ),
    "ambience that counts": (
        lambda c: place(c, "rim")["ambience"].append("Three drops fall."),
        "rim",
        "ambience names Three",
    ),
    "a place without ambience": (
        lambda c: place(c, "rim").pop("ambience"),
        "rim",
        "has 0 sentences of ambience",
    ),
    "no opening": (lambda c: c["manifest"].pop("opening"), "manifest", "has no opening"),
    "an opening in which nobody wants anything": (
        lambda c: c["manifest"]["opening"].update(text="You wake."),
        "manifest",
        "names nobody who wants something",
    ),
    "no manifest": (lambda c: c.pop("manifest"), "manifest", "is missing"),
    "nobody to play": (lambda c: c.update(classes=[]), "classes", "has no class"),
}


def test_a_sound_pack_has_no_faults() -> None:
    assert faults(small_world()) == []


@pytest.mark.parametrize("breakage", BREAKAGES)
def test_each_breakage_is_named_with_file_and_id_and_remedy(breakage: str) -> None:
    break_it, id, wrong = BREAKAGES[breakage]
    content = small_world()
    break_it(content)

    named = [f for f in faults(content) if f.id == id and wrong in f.wrong]

    assert named, faults(content)
    assert all(f.file in ("teacup.json", "(pack)") and f.remedy for f in named)


def test_all_faults_are_told_at_once() -> None:
    content = small_world()
    content["enemies"][0]["hp"] = 0
    content["rumours"][0]["about"] = ["spout"]
    content["items"].append(content["items"][0])

    assert {f.id for f in faults(content)} == {"ant", "buzzing", "spoon"}


def test_naming_an_entry_that_cannot_be_read_is_not_a_second_fault() -> None:
    content = small_world()
    content["items"][0]["kind"] = "cutlery"

    assert [f.id for f in faults(content)] == ["spoon"]


def test_a_near_miss_is_pointed_out() -> None:
    content = small_world()
    content["classes"][0]["items"] = ["spon"]

    assert "did you mean spoon?" in faults(content)[0].wrong


def test_a_pack_may_be_spread_over_files_and_each_fault_names_its_own() -> None:
    content = small_world()
    people = {"npcs": content.pop("npcs")}
    people["npcs"][0]["faction"] = "hosts"

    _, found = inspect([SourceFile("city.json", content), SourceFile("people/all.json", people)])

    assert [(f.file, f.id) for f in found] == [("people/all.json", "dormouse")]
