/** The cat: how it is, what it can, what ails it, and the choice a level brings. */

/** @import { Ability, AbilityState, Character, Sheet } from "../api_types.d.ts" */

import { portrait } from "../art.js";
import { button, h } from "../dom.js";
import { icon } from "../icons.js";
import { lives } from "./lives.js";
import { diceOf, meter, signed, turns } from "./meter.js";

const STATS = { claws: "fighting", paws: "stealth", whiskers: "perception", wits: "machines", purr: "charm" };
const HIGHEST_STAT = 6;
const HIGHEST_RANK = 5;

/** @param {Ability} ability */
export function abilityText(ability) {
  const does = [
    ability.strike && `${diceOf(ability.strike)} ${ability.damage_type ?? ""}`,
    ability.heal && `heals ${diceOf(ability.heal)}`,
    ability.condition?.name.toLowerCase(),
    ability.afflicts && `afflicts: ${ability.afflicts.condition.name.toLowerCase()}`,
    ability.reveals && "reveals",
    ability.charms && `charms +${ability.charms}`,
    ability.escapes && "escapes",
  ];
  const costs = [
    ability.cost && `${ability.cost} energy`,
    ability.cooldown && turns(ability.cooldown),
    ability.charges && `${ability.charges} a rest`,
  ];
  return [...does, ...costs].filter(Boolean).join(" · ");
}

/**
 * @param {Record<string, number>} stats as they are now
 * @param {Record<string, number>} [base] as they are without what is worn and what ails
 */
export const statsRow = (stats, base = stats) =>
  h(
    "dl",
    { class: "stats" },
    Object.entries(STATS).map(([name, means]) => stat(name, means, stats[name] ?? 0, base[name] ?? 0)),
  );

/**
 * @param {string} name
 * @param {string} means
 * @param {number} value
 * @param {number} base
 */
function stat(name, means, value, base) {
  const change = value > base ? "raised" : "lowered";
  const className = value === base ? "" : change;
  return h("div", { class: className }, h("dt", { title: means }, name), h("dd", {}, signed(value)));
}

/**
 * @param {AbilityState} state
 * @param {(action: string) => void} act
 */
function abilityRow({ ability, ready_in, charges, rank }, act) {
  const isSpent = charges === 0;
  const isReady = ready_in === 0 && !isSpent;
  const left = typeof charges === "number" && ` · ${charges} left`;
  const wait = isSpent ? { shown: "rest", read: " needed" } : { shown: String(ready_in), read: " turns to go" };
  return h(
    "li",
    { class: isReady ? "" : "cooling" },
    h(
      "button",
      { type: "button", disabled: !isReady, onclick: () => act(`Use ${ability.name}`), title: ability.description },
      h("b", {}, ability.name, rank > 1 && ` ${"I".repeat(rank)}`),
      h("small", {}, abilityText(ability), left),
    ),
    !isReady && h("span", { class: "cooldown" }, wait.shown, h("span", { class: "unseen" }, wait.read)),
  );
}

/**
 * @param {Character} cat
 * @param {(action: string) => void} act
 */
function levelChoice(cat, act) {
  if (cat.choices === 0) return null;
  const stats = Object.keys(STATS).filter((name) => (cat.stats[name] ?? 0) < HIGHEST_STAT);
  const abilities = cat.abilities.filter(({ rank }) => rank < HIGHEST_RANK).map(({ ability }) => ability.name);
  const choice = (/** @type {string} */ name, /** @type {string} */ words) =>
    button("chip", () => act(`Level up ${name}`), {}, words);
  return h(
    "section",
    { class: "level-up", "aria-label": "Level up" },
    h("h3", {}, cat.choices > 1 ? `${cat.choices} choices are open` : "A choice is open"),
    h("p", {}, "You have grown. What gets better?"),
    h(
      "div",
      { class: "choices" },
      stats.map((name) => choice(name, `${name} +1`)),
      abilities.map((name) => choice(name, `${name}, rank +1`)),
    ),
  );
}

/** @param {Character} cat */
function conditions(cat) {
  const rows = cat.conditions.map((each) => h("li", {}, each.name, h("small", {}, ` ${turns(each.turns)}`)));
  return rows.length > 0 && h("ul", { class: "conditions", "aria-label": "Conditions" }, rows);
}

/** @param {Character} cat */
const introduction = (cat) =>
  h(
    "header",
    { class: "who" },
    portrait(cat.class_id),
    h("div", {}, h("h2", {}, cat.name), h("p", {}, `${cat.class_name}, level ${cat.level}`), lives(cat.lives)),
  );

/**
 * @param {Sheet} sheet
 * @param {(action: string) => void} act
 */
export function sheetPart(sheet, act) {
  const { character: cat } = sheet.state;
  const { stats, armour, next_level_xp } = sheet.derived;
  return h(
    "section",
    { class: "panel sheet", "aria-label": `Sheet of ${cat.name}` },
    introduction(cat),
    meter("hp", cat.hp, cat.max_hp, "hp"),
    meter("energy", cat.energy, cat.max_energy, "energy"),
    next_level_xp ? meter("xp", cat.xp, next_level_xp, "xp") : null,
    h(
      "p",
      { class: "purse" },
      h("span", {}, icon("coin", 16), `${cat.credits} credits`),
      h("span", {}, icon("shield", 16), `armour ${armour}`),
    ),
    levelChoice(cat, act),
    statsRow(stats, cat.stats),
    conditions(cat),
    h("h3", {}, "Abilities"),
    h(
      "ul",
      { class: "abilities" },
      cat.abilities.map((state) => abilityRow(state, act)),
    ),
  );
}
