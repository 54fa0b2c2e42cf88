/** What one deed threw, which is one line of the story: a blow with its damage, the loot of a whole fight, a check. */

/** @import { EffectView, Roll } from "./api_types.d.ts" */

/**
 * `first` is the first of its `rolls`, `last` the one that decided; `dealt` is the damage that was done, where it is
 * known.
 * @typedef {{ first: Roll, last: Roll, rolls: Roll[], dealt?: number }} Throw
 */

/** @type {Record<string, RegExp>} purposes that go on with what the first roll began */
const GOES_ON = {
  attack: /^damage$| save$/,
  damage: / save$/,
  initiative: /^initiative$/,
  loot: /^(loot|credits)$/,
};
const BLOWS = { critical: "critical hit", success: "hit", failure: "miss", fumble: "fumble" };

/** @param {Roll} roll */
const isDamage = ({ purpose }) => purpose === "damage";

/**
 * The step of the turn that a roll is of.
 * @param {Roll} roll
 */
const stepOf = ({ key }) => key.slice(0, key.lastIndexOf("/"));

/**
 * @param {Roll} first
 * @param {Roll} roll
 */
const goesOn = (first, roll) =>
  stepOf(first) === stepOf(roll) &&
  (GOES_ON[first.purpose]?.test(roll.purpose) || first.purpose === `against ${roll.purpose}`);

/**
 * The rolls of a turn as throws, in the order they fell.
 * @param {Roll[]} rolls
 * @param {EffectView[]} [effects] of the same turn, once it is finished
 */
export function throwsOf(rolls, effects = []) {
  /** @type {Throw[]} */
  const throws = [];
  for (const roll of rolls) {
    const before = throws.at(-1);
    if (before && goesOn(before.first, roll)) before.rolls.push(roll);
    else throws.push({ first: roll, last: roll, rolls: [roll] });
  }
  return throws.map((thrown) => ({ ...thrown, last: decisive(thrown), dealt: dealtBy(thrown, effects) }));
}

/**
 * Of a contest the second roll decides, of everything else the first.
 * @param {Throw} thrown
 */
const decisive = ({ first, rolls }) => (first.purpose.startsWith("against ") ? (rolls.at(-1) ?? first) : first);

/**
 * @param {Throw} thrown
 * @param {EffectView[]} effects
 */
function dealtBy({ first, rolls }, effects) {
  if (!rolls.some(isDamage)) return undefined;
  const damaged = effects.find(({ kind, call }) => kind === "damaged" && call === stepOf(first));
  return /** @type {number | undefined} */ (damaged?.detail.amount);
}

/**
 * Why what was dealt is not what fell: a blow that hits does the least, hard things halve it, weak ones double it.
 * @param {Roll} roll
 * @param {number} [dealt]
 */
export function whyDealt(roll, dealt) {
  if (!isDamage(roll) || dealt === undefined || dealt === roll.total) return "";
  const fell = Math.max(1, roll.total);
  const least = fell === roll.total ? "" : "at least 1";
  const changed = dealt === fell ? "" : `${dealt > fell ? "doubled" : "halved"} to ${dealt}`;
  return [least, changed].filter(Boolean).join(", ");
}

/** @param {string} words */
const capitalised = (words) => words.charAt(0).toUpperCase() + words.slice(1);

/** @param {Roll} roll */
const isOwn = ({ roller }) => roller === "character";

/**
 * "17 vs 12, hit"
 * @param {Roll} roll
 * @param {Record<string, string>} [outcomes] other words for them
 */
function resultOf({ total, target, outcome }, outcomes = {}) {
  const aim = typeof target === "number" ? ` vs ${target}` : "";
  return `${total}${aim}${outcome ? `, ${outcomes[outcome] ?? outcome}` : ""}`;
}

/** @param {Throw} thrown */
function attackText({ first, rolls, dealt }) {
  const who = isOwn(first) ? "Attack" : `${capitalised(first.roller)} attacks`;
  const rest = rolls.slice(1).map((roll) => (isDamage(roll) ? damageText(roll, dealt) : saveText(roll)));
  return [`${who}: ${resultOf(first, BLOWS)}`, ...rest].join("; ");
}

/**
 * @param {Roll} roll
 * @param {number} [dealt]
 */
const damageText = (roll, dealt) => (dealt === undefined ? `${roll.total} for damage` : `${dealt} damage`);

/** @param {Roll} roll */
const saveText = (roll) => `${roll.purpose} ${resultOf(roll)}`;

/** @type {Record<string, (thrown: Throw) => string>} by the purpose of the first roll */
const TEXTS = {
  attack: attackText,
  damage: ({ first, rolls, dealt }) =>
    capitalised([damageText(first, dealt), ...rolls.slice(1).map(saveText)].join("; ")),
  initiative: ({ rolls }) =>
    `Initiative: ${rolls.map((roll) => `${isOwn(roll) ? "you" : roll.roller} ${roll.total}`).join(", ")}`,
  loot: ({ rolls }) => `Loot: ${rolls.length} roll${rolls.length === 1 ? "" : "s"}`,
};

/** @param {Roll} roll */
function checkText(roll) {
  const what = isOwn(roll) ? `${capitalised(roll.purpose)}:` : `${capitalised(roll.roller)}: ${roll.purpose}`;
  return `${what} ${resultOf(roll)}`;
}

/**
 * A throw in a line: "Attack: 17 vs 12, hit; 6 damage".
 * @param {Throw} thrown
 */
export const throwText = (thrown) => TEXTS[thrown.first.purpose]?.(thrown) ?? checkText(thrown.last);

/**
 * How it went: an outcome, and whether it is another's.
 * @param {Throw} thrown
 */
export const feelingOf = ({ last }) => `${last.outcome ?? "plain"}${isOwn(last) ? "" : " theirs"}`;
