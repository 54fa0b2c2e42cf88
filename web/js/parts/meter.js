/** A value of a maximum, as a bar with its figures. */

import { h } from "../dom.js";

export const meter = (name, value, most, kind) =>
  h("div", { class: `meter ${kind}`, role: "meter", "aria-label": name, "aria-valuenow": value, "aria-valuemin": 0, "aria-valuemax": most, vars: { "--share": most ? Math.max(0, Math.min(1, value / most)) : 0 } },
    h("span", { class: "meter-name", "aria-hidden": "true" }, name),
    h("span", { class: "meter-bar", "aria-hidden": "true" }),
    h("span", { class: "meter-figures", "aria-hidden": "true" }, `${value}/${most}`));

export const signed = (number) => (number < 0 ? `−${-number}` : `+${number}`);
export const diceOf = (dice) => `${dice.count}d${dice.sides}${dice.bonus ? signed(dice.bonus) : ""}`;

/** "1 turn", "3 turns". */
export const turns = (count) => `${count} turn${count === 1 ? "" : "s"}`;
