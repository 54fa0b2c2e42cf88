/** A fight: who acts when, and how they stand. */

import { h } from "../dom.js";
import { icon } from "../icons.js";
import { meter } from "./meter.js";

export function fightPart(sheet, act) {
  const { encounter, character: cat } = sheet.state;
  if (!encounter) return null;
  const all = [
    { name: cat.name, hp: cat.hp, max_hp: cat.max_hp, initiative: encounter.initiative, conditions: cat.conditions, me: true },
    ...encounter.enemies,
  ].sort((one, other) => other.initiative - one.initiative || (one.me ? -1 : 1));
  return h("section", { class: "panel fight", "aria-label": "Fight" },
    h("h3", {}, icon("swords", 18), ` Fight, round ${encounter.round}`),
    encounter.surprise !== "none" && encounter.round === 1 && h("p", { class: "note" }, encounter.surprise === "character" ? "They caught you unawares." : "You caught them unawares."),
    h("ol", { class: "order" }, all.map((each) => h("li", { class: `${each.me ? "me" : ""}${each.hp === 0 ? " down" : ""}` },
      h("span", { class: "initiative", title: "Initiative" }, h("span", { class: "unseen" }, "Initiative "), String(each.initiative)),
      h("div", {}, h("b", {}, each.name), meter("hp", each.hp, each.max_hp, each.me ? "hp" : "foe"),
        each.conditions.length > 0 && h("small", {}, each.conditions.map((condition) => condition.name).join(", "))),
      !each.me && each.hp > 0 && h("button", { type: "button", class: "chip", onclick: () => act(`Attack ${each.name}`) }, "Attack")))));
}
