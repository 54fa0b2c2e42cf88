/** What a turn took: every stage of its trace, tokens and money. */

/** @import { StageTrace, Turn } from "../api_types.d.ts" */
/** @import { Visit } from "../progress.js" */

import { fact, h } from "../dom.js";
import { OWNERS } from "./workflow.js";

/**
 * The states that a finished turn has visited, with exact figures.
 * @param {Turn} turn
 */
export function visitsOf(turn) {
  /** @type {Map<string, Visit>} */
  const visits = new Map();
  for (const { stage, attempts, milliseconds, error } of turn.trace) {
    const state = stage === "ExecuteTools" ? "ExecuteTool" : stage;
    const sum = visits.get(state) ?? { times: 0, attempts: 0, milliseconds: 0, error: null };
    visits.set(state, {
      times: sum.times + 1,
      attempts: sum.attempts + attempts,
      milliseconds: (sum.milliseconds ?? 0) + milliseconds,
      error: error ?? sum.error,
    });
  }
  if (turn.status === "resolved" && !visits.has("FormatResponse")) {
    visits.set("FormatResponse", { times: 1, attempts: 1, milliseconds: 0, error: null });
  }
  return visits;
}

/** @param {StageTrace[]} trace */
export function waterfall(trace) {
  const total = trace.reduce((sum, { milliseconds }) => sum + milliseconds, 0) || 1;
  let before = 0;
  const rows = trace.map((stage) => {
    const row = waterfallRow(stage, before / total, stage.milliseconds / total);
    before += stage.milliseconds;
    return row;
  });
  return h("ol", { class: "waterfall" }, rows);
}

/**
 * @param {StageTrace} stage
 * @param {number} from
 * @param {number} long
 */
function waterfallRow({ stage, attempts, milliseconds, error }, from, long) {
  const bar = h("i", { vars: { "--from": from, "--long": long } });
  const troubles = [attempts > 1 ? `${attempts} attempts` : "", error ? ` ${error}` : ""].join("");
  return h(
    "li",
    { class: OWNERS[stage] ?? "gateway" },
    h("span", { class: "stage" }, stage),
    h("span", { class: "lane", "aria-hidden": "true" }, bar),
    h("span", { class: "took" }, `${milliseconds} ms`),
    troubles && h("span", { class: "again" }, troubles),
  );
}

/** @param {Turn} turn */
export function costsPart(turn) {
  const { usage, economy } = turn;
  return h(
    "section",
    {},
    h("h3", {}, "What it took"),
    h(
      "dl",
      { class: "facts" },
      fact("told by", turn.told_by === "model" ? (usage?.model ?? "the model") : "the understudy"),
      fact("accepted → resolved", secondsOf(turn)),
      fact("model calls", String(usage?.calls ?? 0)),
      fact("tokens in", `${usage?.input_tokens ?? 0} + ${usage?.cache_read_tokens ?? 0} cached`),
      fact("tokens out", String(usage?.output_tokens ?? 0)),
      fact("cost", `$${((usage?.micro_dollars ?? 0) / 1e6).toFixed(4)}`),
      economy && economy !== "full" && fact("economy", economy),
    ),
  );
}

/** @param {Turn} turn */
function secondsOf({ accepted_at, resolved_at }) {
  if (!resolved_at) return "–";
  return `${((Date.parse(resolved_at) - Date.parse(accepted_at)) / 1000).toFixed(2)} s`;
}
