/** What a turn changed, in a few words each. Kinds will grow: one we do not know is not shown. */

/** @import { Condition, EffectView, EntityRef, ItemInstance, Turn } from "../api_types.d.ts" */

import { h } from "../dom.js";
import { turns } from "./meter.js";

/** @typedef {"good" | "bad" | "grave" | "odd" | ""} Feeling */
/** @typedef {[feeling: Feeling, words: string]} Change */

/**
 * What an effect may say; each kind says some of it.
 * @typedef {object} Detail
 * @property {string} target "character", or the id of another
 * @property {number} amount
 * @property {Condition | string} condition its id when it was lost
 * @property {string} instance
 * @property {ItemInstance} item
 * @property {string} slot
 * @property {EntityRef} to
 * @property {string} npc
 * @property {"won" | "escaped" | "parley"} how
 * @property {string} name
 * @property {string} quest
 * @property {boolean} full
 * @property {number} lives_left
 * @property {number} level
 * @property {string | null} [stat]
 * @property {string | null} [ability]
 */

/**
 * An id as a name: all that is known here of people and things.
 * @param {string | null | undefined} id
 */
const readable = (id) =>
  (id ?? "")
    .replace(/-\d+$/, "")
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");

/** @param {Detail} detail */
const isOwn = ({ target }) => target === "character";

const ENCOUNTER_ENDS = { won: "the fight is won", escaped: "you got away", parley: "talked out of it" };

/** @type {Record<string, (detail: Detail, questName: string) => Change>} by the kind of an effect */
const CHANGES = {
  damaged: (detail) =>
    isOwn(detail) ? ["bad", `−${detail.amount} hp`] : ["good", `${readable(detail.target)} −${detail.amount} hp`],
  healed: ({ amount }) => ["good", `+${amount} hp`],
  "energy-spent": ({ amount }) => ["", `−${amount} energy`],
  "energy-restored": ({ amount }) => ["good", `+${amount} energy`],
  "condition-gained": conditionGained,
  "condition-lost": ({ condition }) => ["", `${readable(String(condition))} ends`],
  "item-gained": ({ item }) => ["good", item.quantity > 1 ? `${item.name} ×${item.quantity}` : item.name],
  "item-lost": ({ instance }) => ["", `gone: ${readable(instance)}`],
  "item-equipped": ({ instance }) => ["", `wearing ${readable(instance)}`],
  "item-unequipped": ({ slot }) => ["", `${slot} bare`],
  "credits-gained": ({ amount }) => ["good", `+${amount} credits`],
  "credits-spent": ({ amount }) => ["", `−${amount} credits`],
  "experience-gained": ({ amount }) => ["good", `+${amount} xp`],
  moved: ({ to }) => ["", `at ${to.name}`],
  "exit-unlocked": () => ["good", "a way is open"],
  "secret-revealed": () => ["odd", "a secret"],
  "npc-met": ({ npc }) => ["", `met ${readable(npc)}`],
  "disposition-changed": ({ npc, amount }) =>
    amount > 0 ? ["good", `${readable(npc)} likes you more`] : ["bad", `${readable(npc)} likes you less`],
  "encounter-started": () => ["bad", "a fight begins"],
  "encounter-ended": ({ how }) => ["good", ENCOUNTER_ENDS[how]],
  "quest-started": ({ name }) => ["odd", `quest: ${name}`],
  "quest-progressed": (_, name) => ["odd", `${name} goes on`],
  "quest-completed": (_, name) => ["odd", `done: ${name}`],
  rested: ({ full }) => ["good", full ? "fully rested" : "a short rest"],
  "life-lost": ({ lives_left }) => ["grave", `a life lost, ${lives_left} left`],
  "level-gained": ({ level }) => ["odd", `level ${level}`],
  "level-choice-made": ({ stat, ability }) => ["good", `better: ${readable(stat ?? ability)}`],
};

/**
 * @param {Detail} detail
 * @returns {Change}
 */
function conditionGained(detail) {
  const condition = /** @type {Condition} */ (detail.condition);
  const words = `${condition.name}, ${turns(condition.turns)}`;
  return isOwn(detail) ? ["bad", words] : ["good", `${readable(detail.target)}: ${words}`];
}

/** @param {EffectView} effect */
const detailOf = ({ detail }) => /** @type {Detail} */ (/** @type {unknown} */ (detail));

/**
 * The changes of a turn that are worth a word: a quest that is done does not go on.
 * @param {Turn} turn
 */
function changesOf({ effects, campaign }) {
  const names = new Map(campaign?.state.quests.map(({ id, name }) => [id, name]));
  const done = new Set(effects.filter(({ kind }) => kind === "quest-completed").map((each) => detailOf(each).quest));
  return effects
    .filter((effect) => effect.kind !== "quest-progressed" || !done.has(detailOf(effect).quest))
    .flatMap((effect) => {
      const detail = detailOf(effect);
      const change = CHANGES[effect.kind]?.(detail, names.get(detail.quest) ?? readable(detail.quest));
      return change ? [change] : [];
    });
}

/** @param {Turn} turn */
export function changesPart(turn) {
  const chips = changesOf(turn).map(([feeling, words]) => h("li", { class: feeling }, words));
  return chips.length > 0 && h("ul", { class: "changes", "aria-label": "What changed" }, chips);
}
