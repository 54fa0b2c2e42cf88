/** What the cat carries: worn, usable, and the rest. Buttons say the action; the rules decide. */

/** @import { ItemInstance, Sheet, Use } from "../api_types.d.ts" */

import { button, h, note } from "../dom.js";
import { diceOf, signed } from "./meter.js";

/** Kinds that are worth naming: what the others are shows in what they do. */
const NAMED_KINDS = new Set(["treasure", "key", "tool"]);

/**
 * What using an item does.
 * @param {Use | null | undefined} use
 */
function usesOf(use) {
  if (!use) return [];
  return [
    use.heal && `heals ${diceOf(use.heal)}`,
    use.energy && `energy ${diceOf(use.energy)}`,
    use.damage && `${diceOf(use.damage)} ${use.damage_type ?? ""}`,
    use.condition?.name.toLowerCase(),
  ];
}

/** @param {ItemInstance} item */
function worthOf(item) {
  return [
    NAMED_KINDS.has(item.kind) && item.kind,
    item.damage && `${diceOf(item.damage)} ${item.damage_type ?? ""}`,
    item.armour > 0 && `armour +${item.armour}`,
    ...Object.entries(item.modifiers).map(([stat, amount]) => `${stat} ${signed(amount)}`),
    ...usesOf(item.use),
    typeof item.charges === "number" && `${item.charges} charges`,
  ]
    .filter(Boolean)
    .join(" · ");
}

/**
 * @param {Sheet} sheet
 * @param {(action: string) => void} act
 */
export function bagPart(sheet, act) {
  const { character, status } = sheet.state;
  const slots = new Map(Object.entries(character.equipment).map(([slot, id]) => [id, slot]));
  const isWorn = (/** @type {ItemInstance} */ item) => slots.has(item.id);
  const items = character.inventory.toSorted((one, other) => Number(isWorn(other)) - Number(isWorn(one)));
  const canAct = status === "active";
  return h(
    "section",
    { class: "panel bag", "aria-label": "Bag" },
    h("h3", {}, "Bag ", h("small", {}, `${sheet.derived.load} of ${character.capacity} carried`)),
    items.length === 0 && note("Nothing but fur."),
    h(
      "ul",
      { class: "items" },
      items.map((item) => row(item, slots.get(item.id), canAct ? act : null)),
    ),
  );
}

/**
 * @param {ItemInstance} item
 * @param {string | undefined} slot where it is worn
 * @param {((action: string) => void) | null} act
 */
function row(item, slot, act) {
  const figures = [slot && `worn: ${slot}`, worthOf(item)].filter(Boolean).join(" · ");
  return h(
    "li",
    { class: slot ? "worn" : "" },
    h("div", {}, h("b", {}, item.name, item.quantity > 1 && ` ×${item.quantity}`), h("small", {}, figures)),
    act && item.slot && !slot && actionButton("Equip", item, act),
    act && item.use && actionButton("Use", item, act),
  );
}

/**
 * @param {string} verb
 * @param {ItemInstance} item
 * @param {(action: string) => void} act
 */
const actionButton = (verb, { name }, act) =>
  button("chip", () => act(`${verb} ${name}`), {}, verb, h("span", { class: "unseen" }, ` ${name}`));
