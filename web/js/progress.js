/**
 * Where a running turn is, from the events that are known of it. What lies between two known states must have been
 * passed, but when is not known: such states are "inferred" and carry no time.
 */

/** @import { FeedEvent, ProgressEvent, Roll } from "./api_types.d.ts" */

/** @typedef {FeedEvent | ProgressEvent} News what is heard of a turn */

/** @typedef {keyof typeof NEXT} State a state of the workflow, as the curtain shows it */

/**
 * What is known of a state: how often it was there and how it went. `at` is when it was over, in milliseconds since the
 * turn was accepted; `milliseconds` how long it took, which only a trace knows.
 * @typedef {object} Visit
 * @property {number} times
 * @property {number} attempts
 * @property {string | null} [error]
 * @property {number | null} [at]
 * @property {number} [milliseconds]
 * @property {boolean} [inferred]
 */

/** @typedef {{ asked: string, error: string | null, at: number | null }} Attempt how the master was asked */

/**
 * @typedef {object} Progress
 * @property {Map<string, Visit>} done by state
 * @property {State | null} now the state it is in
 * @property {boolean} likely whether `now` is only what a long silence suggests
 * @property {Attempt[]} attempts how the master was asked, where not everything went well
 * @property {number} failed attempts since the master last answered
 * @property {number} calls of tools that are still to come
 * @property {number | null} from when it was accepted
 */

/**
 * What the feed says in `data`, as far as it is used.
 * @typedef {object} EventData
 * @property {string} [occurred_at]
 * @property {string} [asked]
 * @property {string} [told_by]
 * @property {string} [error]
 * @property {number} [calls]
 * @property {Roll[]} [thrown]
 */

/** The workflow: where each state may lead. The first is where it is, for all that is known, when the state is over. */
const NEXT = /** @type {const} */ ({
  OpenTurn: ["RetrieveLore"],
  RetrieveLore: ["RecallChronicle"],
  RecallChronicle: ["InvokeDungeonMaster"],
  InvokeDungeonMaster: ["ValidateAndRoute"],
  ValidateAndRoute: ["ExecuteTool", "PlayWorld", "PersistCampaign", "InvokeDungeonMaster"],
  ExecuteTool: ["SettleEffects"],
  SettleEffects: ["PlayWorld", "RefreshLore", "InvokeDungeonMaster"],
  RefreshLore: ["PlayWorld"],
  PlayWorld: ["SettleWorld", "InvokeDungeonMaster"],
  SettleWorld: ["InvokeDungeonMaster"],
  PersistCampaign: ["FormatResponse"],
  FormatResponse: [],
});
const ENDS = new Set(["turn-answered", "turn-failed"]);

/** @type {Set<State>} where a silence is the master's: what comes before is quick, or its end was not heard */
const BEFORE_THE_MASTER = new Set(["OpenTurn", "RetrieveLore", "RecallChronicle", "PlayWorld", "SettleWorld"]);

/** Milliseconds: only the master is ever that slow, so a silence that long is the master's. */
export const LONG_SILENCE = 700;

/** @type {Record<string, (turn: Progress, data: EventData) => void>} by the type of an event */
const HANDLERS = {
  "turn-accepted": (turn) => {
    turn.now ??= "OpenTurn";
  },
  "lore-found": onLoreFound,
  "master-failed": onMasterFailed,
  "master-answered": onMasterAnswered,
  "tool-executed": onToolExecuted,
  "world-played": (turn, data) => finish(turn, "PlayWorld", data),
  "turn-resolved": (turn, data) => finish(turn, "PersistCampaign", data),
  "turn-answered": (turn, data) => finish(turn, "FormatResponse", data),
  "turn-failed": onTurnFailed,
};

/** @param {News} event */
export const dataOf = (event) => /** @type {EventData} */ (event.data ?? {});

/**
 * The progress of one turn, from its events as far as they are known.
 * @param {News[]} events
 * @param {number} [idle] for how many milliseconds nothing was heard
 */
export function progressOf(events, idle = 0) {
  /** @type {Progress} */
  const turn = { done: new Map(), now: null, likely: false, attempts: [], failed: 0, calls: 0, from: null };
  for (const event of [...events].sort(byTime)) follow(turn, event);
  const silent = idle >= LONG_SILENCE && !events.some(({ type }) => ENDS.has(type));
  if (silent && turn.now && BEFORE_THE_MASTER.has(turn.now)) {
    pass(turn, "InvokeDungeonMaster");
    turn.likely = true;
  }
  return turn;
}

/** @param {News} event */
const timeOf = (event) => Date.parse(dataOf(event).occurred_at ?? event.sent_at);

/**
 * Progress may become known after the end of its turn: what counts is when it happened.
 * @param {News} one
 * @param {News} other
 */
const byTime = (one, other) => timeOf(one) - timeOf(other);

/**
 * @param {Progress} turn
 * @param {News} event
 */
function follow(turn, event) {
  const data = dataOf(event);
  if (!turn.from && data.occurred_at) turn.from = Date.parse(data.occurred_at);
  HANDLERS[event.type]?.(turn, data);
}

/**
 * Lore is fetched first, then again after each round of tools, and where a cat wakes up after the world has played.
 * @param {Progress} turn
 * @param {EventData} data
 */
function onLoreFound(turn, data) {
  const isFirst = !turn.done.has("RetrieveLore");
  if (!isFirst && turn.now !== "SettleWorld") {
    finish(turn, "RefreshLore", data);
    return;
  }
  if (isFirst) finish(turn, "RetrieveLore", data);
  pass(turn, "InvokeDungeonMaster");
}

/**
 * @param {Progress} turn
 * @param {EventData} data
 */
function onMasterFailed(turn, data) {
  pass(turn, "InvokeDungeonMaster");
  turn.attempts.push({ asked: data.asked ?? "master", error: data.error ?? "failed", at: since(turn, data) });
  turn.failed += 1;
}

/**
 * @param {Progress} turn
 * @param {EventData} data
 */
function onMasterAnswered(turn, data) {
  finish(turn, "InvokeDungeonMaster", data, turn.failed);
  if (turn.failed > 0) turn.attempts.push({ asked: data.told_by ?? "model", error: null, at: since(turn, data) });
  turn.failed = 0;
  turn.calls = data.calls ?? 0;
  if (turn.calls > 0) pass(turn, "ExecuteTool");
}

/**
 * @param {Progress} turn
 * @param {EventData} data
 */
function onToolExecuted(turn, data) {
  pass(turn, "ExecuteTool");
  visit(turn, "ExecuteTool", since(turn, data));
  turn.calls -= 1;
  if (turn.calls <= 0) turn.now = "SettleEffects";
}

/**
 * @param {Progress} turn
 * @param {EventData} data
 */
function onTurnFailed(turn, { error }) {
  if (turn.now) turn.done.set(turn.now, { times: 1, attempts: 1, at: null, error: error ?? null, inferred: false });
  turn.now = null;
}

/**
 * The turn was in this state, and now is in the next.
 * @param {Progress} turn
 * @param {State} state
 * @param {EventData} data
 * @param {number} [failures] attempts before the one that went well
 */
function finish(turn, state, data, failures = 0) {
  pass(turn, state);
  visit(turn, state, since(turn, data), failures);
  turn.now = NEXT[state][0] ?? null;
}

/**
 * Everything on the way from where the turn was to `state` was passed.
 * @param {Progress} turn
 * @param {State} state
 */
function pass(turn, state) {
  if (turn.now && turn.now !== state) for (const each of [turn.now, ...between(turn.now, state)]) infer(turn, each);
  turn.now = state;
}

/**
 * @param {Progress} turn
 * @param {State} state
 * @param {number | null} at
 * @param {number} [failures]
 */
function visit(turn, state, at, failures = 0) {
  const { times = 0, attempts = 0, error = null } = turn.done.get(state) ?? {};
  turn.done.set(state, { times: times + 1, attempts: attempts + 1 + failures, at, error, inferred: false });
}

/**
 * @param {Progress} turn
 * @param {State} state
 */
function infer(turn, state) {
  const { times = 0, attempts = 0, at = null, error = null, inferred = true } = turn.done.get(state) ?? {};
  turn.done.set(state, { times: times + 1, attempts: attempts + 1, at, error, inferred });
}

/**
 * The states from `from` to `to`, both excluded, by the shortest way; none when there is no way.
 * @param {State} from
 * @param {State} to
 * @returns {State[]}
 */
function between(from, to) {
  /** @type {{ end: State, passed: State[] }[]} */
  const ways = [{ end: from, passed: [] }];
  /** @type {Set<State>} */
  const seen = new Set();
  for (const { end, passed } of ways) {
    for (const next of NEXT[end]) {
      if (next === to) return passed;
      if (!seen.has(next)) ways.push({ end: next, passed: [...passed, next] });
      seen.add(next);
    }
  }
  return [];
}

/**
 * @param {Progress} turn
 * @param {EventData} data
 */
const since = ({ from }, { occurred_at: at }) => (at && from ? Math.max(0, Date.parse(at) - from) : null);
