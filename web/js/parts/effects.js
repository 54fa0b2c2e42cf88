/** What a turn changed, in a few words each. Kinds will grow: one we do not know is not shown. */

import { h } from "../dom.js";
import { turns } from "./meter.js";

const readable = (id) => String(id ?? "").replace(/-\d+$/, "").replaceAll("-", " ");
const mine = (detail) => detail.target === "character";
const TOLD = {
  damaged: (d) => [mine(d) ? "bad" : "good", mine(d) ? `−${d.amount} hp` : `${readable(d.target)} −${d.amount} hp`],
  healed: (d) => ["good", `+${d.amount} hp`],
  "energy-spent": (d) => ["", `−${d.amount} energy`],
  "energy-restored": (d) => ["good", `+${d.amount} energy`],
  "condition-gained": (d) => [mine(d) ? "bad" : "good", `${mine(d) ? "" : `${readable(d.target)}: `}${d.condition.name}, ${turns(d.condition.turns)}`],
  "condition-lost": (d) => ["", `${readable(d.condition)} ends`],
  "item-gained": (d) => ["good", `${d.item.name}${d.item.quantity > 1 ? ` ×${d.item.quantity}` : ""}`],
  "item-lost": (d) => ["", `gone: ${readable(d.instance)}`],
  "item-equipped": (d) => ["", `wearing ${readable(d.instance)}`],
  "item-unequipped": (d) => ["", `${d.slot} bare`],
  "credits-gained": (d) => ["good", `+${d.amount} credits`],
  "credits-spent": (d) => ["", `−${d.amount} credits`],
  "experience-gained": (d) => ["good", `+${d.amount} xp`],
  moved: (d) => ["", `at ${d.to.name}`],
  "exit-unlocked": () => ["good", "a way is open"],
  "secret-revealed": () => ["odd", "a secret"],
  "npc-met": (d) => ["", `met ${readable(d.npc)}`],
  "disposition-changed": (d) => [d.amount > 0 ? "good" : "bad", `${readable(d.npc)} ${d.amount > 0 ? "likes you more" : "likes you less"}`],
  "encounter-started": () => ["bad", "a fight begins"],
  "encounter-ended": (d) => ["good", { won: "the fight is won", escaped: "you got away", parley: "talked out of it" }[d.how]],
  "quest-started": (d) => ["odd", `quest: ${d.name}`],
  "quest-progressed": (d) => ["odd", `${readable(d.quest)} goes on`],
  "quest-completed": (d) => ["odd", `done: ${readable(d.quest)}`],
  rested: (d) => ["good", d.full ? "fully rested" : "a short rest"],
  "life-lost": (d) => ["bad", `a life lost, ${d.lives_left} left`],
  "level-gained": (d) => ["odd", `level ${d.level}`],
  "level-choice-made": (d) => ["good", `better: ${readable(d.stat ?? d.ability)}`],
};

/** [kind of feeling, words] for each effect worth telling. */
export const told = (effects) => effects.map(({ kind, detail }) => TOLD[kind]?.(detail)).filter(Boolean);

export function changes(turn) {
  const chips = told(turn.effects);
  return chips.length > 0 && h("ul", { class: "changes", "aria-label": "What changed" },
    chips.map(([feeling, words]) => h("li", { class: feeling }, words)));
}
