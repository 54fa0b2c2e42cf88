/**
 * Where a running turn is, from the events that are known of it. What lies between two known states must have been
 * passed, but when is not known: such states are "inferred" and carry no time.
 */

/** The workflow as the curtain shows it: where each state may lead. */
const NEXT = {
  OpenTurn: ["RetrieveLore"], RetrieveLore: ["RecallChronicle"], RecallChronicle: ["InvokeDungeonMaster"],
  InvokeDungeonMaster: ["ValidateAndRoute"], ValidateAndRoute: ["ExecuteTool", "PlayWorld", "PersistCampaign", "InvokeDungeonMaster"],
  ExecuteTool: ["SettleEffects"], SettleEffects: ["RefreshLore"], RefreshLore: ["PlayWorld"], PlayWorld: ["SettleWorld", "InvokeDungeonMaster"],
  SettleWorld: ["InvokeDungeonMaster"], PersistCampaign: ["FormatResponse"], FormatResponse: [],
};
const ENDS = new Set(["turn-answered", "turn-failed"]);
export const UNHURRIED = 700; // milliseconds: only the master is ever that slow, so a silence that long is the master's

/** The states from `from` to `to`, both excluded, by the shortest way; none when there is no way. */
function between(from, to) {
  const ways = [[from]];
  const seen = new Set();
  for (const way of ways) {
    for (const next of NEXT[way.at(-1)]) {
      if (next === to) return way.slice(1);
      if (!seen.has(next)) { seen.add(next); ways.push([...way, next]); }
    }
  }
  return [];
}

/** The state an event tells of. Lore is fetched first, then again after each round, and where a cat wakes up. */
function stateOf({ type }, { done, now }) {
  if (type === "lore-found") return !done.has("RetrieveLore") ? "RetrieveLore" : now === "SettleWorld" ? null : "RefreshLore";
  return {
    "turn-accepted": "OpenTurn", "master-answered": "InvokeDungeonMaster", "master-failed": "InvokeDungeonMaster", "tool-executed": "ExecuteTool",
    "world-played": "PlayWorld", "turn-resolved": "PersistCampaign", "turn-answered": "FormatResponse",
  }[type] ?? null;
}

const visit = (turn, state, more) => {
  const sum = turn.done.get(state) ?? { times: 0, attempts: 0, at: null, error: null, inferred: true };
  turn.done.set(state, { ...sum, ...more, times: sum.times + 1, attempts: sum.attempts + 1, inferred: sum.inferred && !more });
};

/** Everything on the way from where the turn was to `to` was passed. */
function pass(turn, to) {
  if (turn.now && turn.now !== to) [turn.now, ...between(turn.now, to)].forEach((state) => visit(turn, state));
  turn.now = to;
}

const AFTER = {
  "lore-found": (turn, state) => { if (state === "RetrieveLore") pass(turn, "InvokeDungeonMaster"); },
  "master-answered": (turn, state, { calls = 0 }) => { turn.calls = calls; if (calls > 0) pass(turn, "ExecuteTool"); },
};

function heard(turn, event) {
  const { type, data = {} } = event;
  const state = stateOf(event, turn);
  if (!turn.from && data.occurred_at) turn.from = Date.parse(data.occurred_at);
  if (type === "turn-failed") { if (turn.now) turn.done.set(turn.now, { times: 1, attempts: 1, at: null, error: data.error }); turn.now = null; return; }
  if (type === "turn-accepted") { turn.now ??= "OpenTurn"; return; }
  if (!state) { if (type === "lore-found") pass(turn, "InvokeDungeonMaster"); return; }
  if (type === "tool-executed") {
    if (turn.now !== "ExecuteTool") pass(turn, "ExecuteTool");
    turn.calls -= 1;
    visit(turn, state, { at: since(turn, data) });
    if (turn.calls <= 0) turn.now = "SettleEffects";
    return;
  }
  pass(turn, state);
  if (type === "master-failed") {
    turn.attempts.push({ asked: data.asked, error: data.error, at: since(turn, data) });
    turn.failed += 1;
    return;
  }
  visit(turn, state, { at: since(turn, data) });
  if (type === "master-answered") {
    const seen = turn.done.get(state);
    seen.attempts += turn.failed;
    if (turn.failed > 0) turn.attempts.push({ asked: data.told_by, error: null, at: since(turn, data) });
    turn.failed = 0;
  }
  const [next, ...others] = NEXT[state];
  turn.now = others.length === 0 || type === "world-played" ? next ?? null : state;
  AFTER[type]?.(turn, state, data);
}

/** Progress may become known after the end of its turn: what counts is when it happened. */
const earlier = (one, other) => Date.parse(one.data?.occurred_at ?? one.sent_at) - Date.parse(other.data?.occurred_at ?? other.sent_at);

const since = (turn, { occurred_at: at }) => (at && turn.from ? Math.max(0, Date.parse(at) - turn.from) : null);

/**
 * Events of one turn, as far as they are known: `done` is state → { times, attempts, at, error, inferred }
 * with `at` in milliseconds since the turn was accepted; `now` is the state it is in, `likely` when that is only what a
 * silence of `idle` milliseconds suggests; `attempts` is how the master was asked, where not everything went well.
 */
export function followed(events, idle = 0) {
  const turn = { done: new Map(), now: null, likely: false, attempts: [], failed: 0, calls: 0, from: null };
  for (const event of [...events].sort(earlier)) heard(turn, event);
  const quiet = idle >= UNHURRIED && turn.now && turn.now !== "InvokeDungeonMaster" && !events.some(({ type }) => ENDS.has(type));
  if (quiet && ["PlayWorld", "SettleWorld"].includes(turn.now)) { pass(turn, "InvokeDungeonMaster"); turn.likely = true; }
  return turn;
}
