/** The cat: how it is, what it can, what ails it, and the choice a level brings. */

import { portrait } from "../art.js";
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { lives } from "./lives.js";
import { diceOf, meter, signed, turns } from "./meter.js";

const STATS = { claws: "fighting", paws: "stealth", whiskers: "perception", wits: "machines", purr: "charm" };

export function abilityText(ability) {
  const does = [
    ability.strike && `${diceOf(ability.strike)} ${ability.damage_type ?? ""}`,
    ability.heal && `heals ${diceOf(ability.heal)}`,
    ability.condition && ability.condition.name.toLowerCase(),
    ability.afflicts && `afflicts: ${ability.afflicts.condition.name.toLowerCase()}`,
    ability.reveals && "reveals", ability.charms && `charms +${ability.charms}`, ability.escapes && "escapes",
  ];
  const costs = [ability.cost && `${ability.cost} energy`, ability.cooldown && turns(ability.cooldown), ability.charges && `${ability.charges} a rest`];
  return [...does, ...costs].filter(Boolean).join(" · ");
}

export const statsRow = (stats, base = stats) => h("dl", { class: "stats" }, Object.entries(STATS).map(([name, means]) =>
  h("div", { class: stats[name] > base[name] ? "raised" : stats[name] < base[name] ? "lowered" : "" },
    h("dt", { title: means }, name), h("dd", {}, signed(stats[name] ?? 0)))));

const abilityRow = (state, act) => {
  const { ability, ready_in: left, charges } = state;
  const spent = charges === 0;
  const ready = left === 0 && !spent;
  return h("li", { class: ready ? "" : "cooling" },
    h("button", { type: "button", disabled: !ready, onclick: () => act(`Use ${ability.name}`), title: ability.description },
      h("b", {}, ability.name, state.rank > 1 && ` ${"I".repeat(state.rank)}`),
      h("small", {}, abilityText(ability), charges !== null && charges !== undefined ? ` · ${charges} left` : "")),
    !ready && h("span", { class: "cooldown" }, spent ? "rest" : `${left}`, h("span", { class: "unseen" }, spent ? " needed" : " turns to go")));
};

const levelChoice = (cat, act) => cat.choices > 0 && h("section", { class: "level-up", "aria-label": "Level up" },
  h("h3", {}, cat.choices > 1 ? `${cat.choices} choices are open` : "A choice is open"),
  h("p", {}, "You have grown. What gets better?"),
  h("div", { class: "choices" },
    Object.keys(STATS).filter((name) => cat.stats[name] < 6).map((name) => h("button", { type: "button", class: "chip", onclick: () => act(`Level up ${name}`) }, `${name} +1`)),
    cat.abilities.filter(({ rank }) => rank < 5).map(({ ability }) => h("button", { type: "button", class: "chip", onclick: () => act(`Level up ${ability.name}`) }, `${ability.name}, rank +1`))));

export function sheetPart(sheet, act) {
  const { character: cat } = sheet.state;
  const next = sheet.derived.next_level_xp;
  return h("section", { class: "panel sheet", "aria-label": `Sheet of ${cat.name}` },
    h("header", { class: "who" }, portrait(cat.class_id),
      h("div", {}, h("h2", {}, cat.name), h("p", {}, `${cat.class_name}, level ${cat.level}`), lives(cat.lives))),
    meter("hp", cat.hp, cat.max_hp, "hp"), meter("energy", cat.energy, cat.max_energy, "energy"),
    next && meter("xp", cat.xp, next, "xp"),
    h("p", { class: "purse" }, h("span", {}, icon("coin", 16), `${cat.credits} credits`), h("span", {}, icon("shield", 16), `armour ${sheet.derived.armour}`)),
    levelChoice(cat, act),
    statsRow(sheet.derived.stats, cat.stats),
    cat.conditions.length > 0 && h("ul", { class: "conditions", "aria-label": "Conditions" }, cat.conditions.map((each) => h("li", {}, each.name, h("small", {}, ` ${turns(each.turns)}`)))),
    h("h3", {}, "Abilities"), h("ul", { class: "abilities" }, cat.abilities.map((state) => abilityRow(state, act))));
}
