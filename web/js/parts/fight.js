/** A fight: who acts when, and how they stand. */

/** @import { Condition, Sheet } from "../api_types.d.ts" */

import { button, h, note } from "../dom.js";
import { icon } from "../icons.js";
import { meter } from "./meter.js";

/**
 * @typedef {object} Fighter
 * @property {string} name
 * @property {number} hp
 * @property {number} max_hp
 * @property {number} initiative
 * @property {Condition[]} conditions
 * @property {boolean} isCat
 */

/**
 * @param {Sheet} sheet
 * @param {(action: string) => void} act
 */
export function fightPart(sheet, act) {
  const { encounter, character } = sheet.state;
  if (!encounter) return null;
  /** @type {Fighter[]} */
  const fighters = [
    { ...character, initiative: encounter.initiative, isCat: true },
    ...encounter.enemies.map((enemy) => ({ ...enemy, isCat: false })),
  ];
  fighters.sort((one, other) => other.initiative - one.initiative || (one.isCat ? -1 : 1));
  return h(
    "section",
    { class: "panel fight", "aria-label": "Fight" },
    h("h3", {}, icon("swords", 18), ` Fight, round ${encounter.round}`),
    encounter.surprise !== "none" &&
      encounter.round === 1 &&
      note(encounter.surprise === "character" ? "They caught you unawares." : "You caught them unawares."),
    h(
      "ol",
      { class: "order", tabindex: 0, "aria-label": "Who acts when" },
      fighters.map((fighter) => row(fighter, act)),
    ),
  );
}

/**
 * @param {Fighter} fighter
 * @param {(action: string) => void} act
 */
function row({ name, hp, max_hp, initiative, conditions, isCat }, act) {
  const attack = () => act(`Attack ${name}`);
  return h(
    "li",
    { class: `${isCat ? "me" : ""}${hp === 0 ? " down" : ""}` },
    h(
      "span",
      { class: "initiative", title: "Initiative" },
      h("span", { class: "unseen" }, "Initiative "),
      String(initiative),
    ),
    h(
      "div",
      {},
      h("b", {}, name),
      meter("hp", hp, max_hp, isCat ? "hp" : "foe"),
      conditions.length > 0 && h("small", {}, conditions.map((condition) => condition.name).join(", ")),
    ),
    !isCat && hp > 0 && button("chip", attack, {}, "Attack"),
  );
}
