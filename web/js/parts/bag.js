/** What the cat carries: worn, usable, and the rest. Buttons say the action; the rules decide. */

import { h } from "../dom.js";
import { diceOf, signed } from "./meter.js";

const DULL = { treasure: "treasure", key: "key", tool: "tool", consumable: "", weapon: "", armour: "", gear: "" };

function worth(item) {
  const bonus = Object.entries(item.modifiers ?? {}).map(([stat, amount]) => `${stat} ${signed(amount)}`);
  return [
    DULL[item.kind], item.damage && `${diceOf(item.damage)} ${item.damage_type ?? ""}`, item.armour > 0 && `armour +${item.armour}`, ...bonus,
    item.use?.heal && `heals ${diceOf(item.use.heal)}`, item.use?.energy && `energy ${diceOf(item.use.energy)}`,
    item.use?.damage && `${diceOf(item.use.damage)} ${item.use.damage_type ?? ""}`, item.use?.condition?.name.toLowerCase(),
    item.charges !== null && item.charges !== undefined && `${item.charges} charges`,
  ].filter(Boolean).join(" · ");
}

export function bagPart(sheet, act) {
  const { character: cat, status } = sheet.state;
  const alive = status === "active";
  const worn = new Map(Object.entries(cat.equipment).map(([slot, id]) => [id, slot]));
  const items = [...cat.inventory].sort((one, other) => worn.has(other.id) - worn.has(one.id));
  return h("section", { class: "panel bag", "aria-label": "Bag" },
    h("h3", {}, "Bag ", h("small", {}, `${sheet.derived.load} of ${cat.capacity} carried`)),
    items.length === 0 && h("p", { class: "note" }, "Nothing but fur."),
    h("ul", { class: "items" }, items.map((item) => h("li", { class: worn.has(item.id) ? "worn" : "" },
      h("div", {}, h("b", {}, item.name, item.quantity > 1 && ` ×${item.quantity}`), h("small", {}, worn.has(item.id) ? `worn: ${worn.get(item.id)}${worth(item) ? " · " : ""}` : "", worth(item))),
      alive && item.slot && !worn.has(item.id) && h("button", { type: "button", class: "chip", onclick: () => act(`Equip ${item.name}`) }, "Equip", h("span", { class: "unseen" }, ` ${item.name}`)),
      alive && item.use && h("button", { type: "button", class: "chip", onclick: () => act(`Use ${item.name}`) }, "Use", h("span", { class: "unseen" }, ` ${item.name}`))))));
}
