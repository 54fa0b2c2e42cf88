/** That one request is one turn, and a way to try it. */

/** @import { Turn } from "../api_types.d.ts" */
/** @import { Game, Replay } from "../game.js" */

import { button, fact, h, note, say } from "../dom.js";
import { sentRequest } from "../storage.js";

const ABOUT =
  "Every wish carries a key. The same key again, from a double click or a nervous network, is answered with the turn " +
  "there is; no die is rolled, nothing is paid twice.";

/**
 * @param {Game} game
 * @param {Turn} turn
 */
export function idempotencyPart(game, turn) {
  const sent = sentRequest(game.id, turn.id);
  const { replay } = game;
  return h(
    "section",
    {},
    h("h3", {}, "One wish, one turn"),
    note(ABOUT),
    h(
      "dl",
      { class: "facts wide" },
      fact("Idempotency-Key", h("code", {}, sent?.key ?? "sent from another browser")),
      fact("turn id, from the key", h("code", {}, turn.id)),
    ),
    sent &&
      button(
        "button",
        () => game.sendAgain(turn, sent).catch(() => say("The line is dead. Try again.")),
        {},
        "Send this action again, same key",
      ),
    replay?.of === turn.id && outcome(replay),
  );
}

/** @param {Replay} replay */
const outcome = ({ status, milliseconds, replayed, same, before, after }) =>
  h(
    "dl",
    { class: "facts replayed", role: "status" },
    fact("answer", `${status} in ${milliseconds} ms`),
    fact("Idempotency-Replayed", String(replayed)),
    fact("same turn", same ? "yes" : "no"),
    fact("turns before → after", `${before} → ${after}`),
  );
