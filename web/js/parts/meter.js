/** Figures: a value of a maximum as a bar, and how numbers and dice are written. */

/** @import { CanonDice } from "../api_types.d.ts" */

import { h } from "../dom.js";

/**
 * @param {string} name
 * @param {number} value
 * @param {number} most
 * @param {"hp" | "energy" | "xp" | "foe"} kind
 */
export function meter(name, value, most, kind) {
  const share = most ? Math.max(0, Math.min(1, value / most)) : 0;
  const range = { "aria-valuenow": value, "aria-valuemin": 0, "aria-valuemax": most };
  return h(
    "div",
    { class: `meter ${kind}`, role: "meter", "aria-label": name, ...range, vars: { "--share": share } },
    h("span", { class: "meter-name", "aria-hidden": "true" }, name),
    h("span", { class: "meter-bar", "aria-hidden": "true" }),
    h("span", { class: "meter-figures", "aria-hidden": "true" }, `${value}/${most}`),
  );
}

/** @param {number} number */
export const signed = (number) => (number < 0 ? `−${-number}` : `+${number}`);

/** @param {CanonDice} dice */
export const diceOf = ({ count, sides, bonus }) => `${count}d${sides}${bonus ? signed(bonus) : ""}`;

/**
 * "1 turn", "3 turns".
 * @param {number} count
 */
export const turns = (count) => `${count} turn${count === 1 ? "" : "s"}`;
