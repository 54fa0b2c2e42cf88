/** Breaking things on purpose, where the operator allows it: what the next action will break. */

/** @import { Duplicates, Game, Outcome } from "../game.js" */
/** @import { ChaosChoice } from "../texts.js" */

import { button, fact, h, note } from "../dom.js";
import { icon } from "../icons.js";
import { CHAOS } from "../texts.js";

const CHOICES = /** @type {ChaosChoice[]} */ (Object.keys(CHAOS));

/**
 * Above the box, so that nobody breaks anything without knowing.
 * @param {Game} game
 * @param {ChaosChoice} armed
 */
export const armedPart = (game, armed) =>
  h(
    "p",
    { class: "armed", role: "status" },
    icon("bolt", 16),
    h("span", {}, h("b", {}, `${CHAOS[armed].label}: `), "with your next action."),
    button("plain", () => game.arm(null), { "aria-label": "Break nothing" }, "✕"),
  );

/**
 * The buttons, behind the curtain.
 * @param {Game} game
 */
export const chaosPart = (game) =>
  h(
    "section",
    { class: "sabotage" },
    h("h3", {}, "Break it on purpose"),
    note("Choose, then play on. The story must survive it: watch how."),
    h(
      "div",
      { class: "levers", role: "group", "aria-label": "Break it on purpose" },
      CHOICES.map((choice) => lever(game, choice)),
    ),
    game.duplicates && outcomes(game.duplicates),
  );

/**
 * @param {Game} game
 * @param {ChaosChoice} choice
 */
function lever(game, choice) {
  const { label, means } = CHAOS[choice];
  const state = { "aria-pressed": String(game.armed === choice), disabled: game.isOver };
  return button("lever", () => game.arm(choice), state, h("b", {}, label), h("small", {}, means));
}

/** @param {Duplicates} duplicates */
const outcomes = ({ key, first, second }) =>
  h(
    "div",
    { role: "status" },
    h(
      "dl",
      { class: "facts wide replayed" },
      fact("Idempotency-Key of both", h("code", {}, key)),
      outcome("the first", first, second),
      outcome("the second", second, first),
    ),
  );

/**
 * @param {string} which
 * @param {Outcome | null} own
 * @param {Outcome | null} other
 */
function outcome(which, own, other) {
  if (!own) return fact(which, "on its way …");
  if (own.kind) return fact(which, `${own.status || "no answer"}: ${own.kind}`);
  const answer = [`${own.status} · `, h("code", {}, own.id), h("small", {}, ` Idempotency-Replayed: ${own.replayed}`)];
  return fact(which, answer, comparison(own, other));
}

/**
 * @param {Outcome} own
 * @param {Outcome | null} other
 */
function comparison(own, other) {
  if (!own.id || !other?.id) return null;
  const same = own.id === other.id;
  return h("small", { class: same ? "same" : "differs" }, same ? " the same turn" : " another turn");
}
