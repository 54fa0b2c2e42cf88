/** Behind the curtain: what the machine did for a turn. Nothing here is for show: it is what the API says. */

import { h, s } from "../dom.js";
import * as kept from "../kept.js";

const OWNERS = {
  OpenTurn: "campaign", RetrieveLore: "lore", RecallChronicle: "chronicle", InvokeDungeonMaster: "dm", ValidateAndRoute: "dm",
  ExecuteTool: "tools", ExecuteTools: "tools", SettleEffects: "campaign", RefreshLore: "lore", PlayWorld: "tools", SettleWorld: "campaign",
  PersistCampaign: "campaign", VoidTurn: "campaign", FormatResponse: "gateway", FailTurn: "gateway",
};
const GRAPH = {
  OpenTurn: [60, 40], RetrieveLore: [180, 40], RecallChronicle: [300, 40], InvokeDungeonMaster: [440, 40], ValidateAndRoute: [590, 40],
  ExecuteTool: [590, 130], SettleEffects: [480, 130], RefreshLore: [370, 130], PlayWorld: [260, 130], SettleWorld: [150, 130],
  PersistCampaign: [740, 40], FormatResponse: [740, 130],
};
const LINKS = ["OpenTurn RetrieveLore", "RetrieveLore RecallChronicle", "RecallChronicle InvokeDungeonMaster", "InvokeDungeonMaster ValidateAndRoute",
  "ValidateAndRoute ExecuteTool", "ExecuteTool SettleEffects", "SettleEffects RefreshLore", "RefreshLore PlayWorld", "PlayWorld SettleWorld",
  "ValidateAndRoute PersistCampaign", "PersistCampaign FormatResponse"];
const SEEN = { "turn-accepted": "OpenTurn", "lore-found": "RetrieveLore", "master-answered": "InvokeDungeonMaster", "tool-executed": "ExecuteTool", "turn-resolved": "PersistCampaign", "turn-answered": "FormatResponse" };
const words = (stage) => stage.replace(/([a-z])([A-Z])/g, "$1 $2").replace("Dungeon Master", "Master").split(" ");

/** States that were visited: name → { times, attempts, milliseconds, error }. */
function visited(trace) {
  const found = new Map();
  for (const { stage, attempts, milliseconds, error } of trace) {
    const sum = found.get(stage) ?? { times: 0, attempts: 0, milliseconds: 0, error: null };
    found.set(stage, { times: sum.times + 1, attempts: sum.attempts + attempts, milliseconds: sum.milliseconds + milliseconds, error: error ?? sum.error });
  }
  return found;
}

function graph(done, current) {
  const line = (pair) => {
    const [[x1, y1], [x2, y2]] = pair.split(" ").map((name) => GRAPH[name]);
    const lit = pair.split(" ").every((name) => done.has(name));
    return s("line", { x1, y1, x2, y2, class: lit ? "link lit" : "link" });
  };
  return s("svg", { class: "workflow", viewBox: "0 -16 800 190", role: "img", "aria-label": `Workflow: ${[...done.keys()].join(", ") || "waiting"}` },
    LINKS.map(line), s("path", { d: "M150 119Q150 90 184 90H400Q440 90 440 51", class: done.has("SettleWorld") ? "link lit loop" : "link loop" }),
    Object.entries(GRAPH).map(([name, [x, y]]) => {
      const seen = done.get(name);
      const state = name === current ? "now" : seen ? (seen.error ? "broke" : seen.attempts > seen.times ? "again" : "done") : "";
      return s("g", { class: `state ${OWNERS[name]} ${state}`, transform: `translate(${x} ${y})` },
        s("circle", { r: 11 }), seen?.times > 1 && s("text", { class: "times", y: 4, "text-anchor": "middle" }, String(seen.times)),
        words(name).map((word, n, all) => s("text", { y: y < 100 ? -17 - (all.length - 1 - n) * 11 : 26 + n * 11, "text-anchor": "middle" }, word)),
        seen?.milliseconds > 0 && s("text", { class: "took", y: y < 100 ? 26 : -17, "text-anchor": "middle" }, `${seen.milliseconds} ms`));
    }));
}

function waterfall(trace) {
  const total = trace.reduce((sum, each) => sum + each.milliseconds, 0) || 1;
  let before = 0;
  return h("ol", { class: "waterfall" }, trace.map(({ stage, attempts, milliseconds, error }) => {
    const row = h("li", { class: OWNERS[stage] ?? "gateway" }, h("span", { class: "stage" }, stage),
      h("span", { class: "lane", "aria-hidden": "true" }, h("i", { vars: { "--from": before / total, "--long": milliseconds / total } })),
      h("span", { class: "took" }, `${milliseconds} ms`),
      (attempts > 1 || error) && h("span", { class: "again" }, attempts > 1 ? `${attempts} attempts` : "", error ? ` ${error}` : ""));
    before += milliseconds;
    return row;
  }));
}

const fact = (name, value) => h("div", {}, h("dt", {}, name), h("dd", {}, value));

function costs(turn) {
  const { usage } = turn;
  const seconds = turn.resolved_at ? (Date.parse(turn.resolved_at) - Date.parse(turn.accepted_at)) / 1000 : null;
  return h("dl", { class: "facts" },
    fact("told by", turn.told_by === "model" ? usage?.model ?? "the model" : "the understudy"),
    fact("accepted → resolved", seconds === null ? "–" : `${seconds.toFixed(2)} s`),
    fact("model calls", String(usage?.calls ?? 0)),
    fact("tokens in", `${usage?.input_tokens ?? 0} + ${usage?.cache_read_tokens ?? 0} cached`),
    fact("tokens out", String(usage?.output_tokens ?? 0)),
    fact("cost", `$${((usage?.micro_dollars ?? 0) / 1e6).toFixed(4)}`),
    turn.economy && turn.economy !== "full" && fact("economy", turn.economy));
}

const grounding = (report) => report && h("section", {}, h("h3", {}, "Grounding report ", h("small", { class: `resolution ${report.resolution}` }, report.resolution)),
  h("p", { class: "note" }, "Every reply of the game master is checked before anything happens and before anybody reads it."),
  h("ul", { class: "checked" }, report.checked.map((name) => h("li", { class: report.findings.some((each) => each.code === name) ? "found" : "" }, name.replaceAll("-", " ")))),
  report.findings.length > 0 && h("ul", { class: "findings" }, report.findings.map((each) => h("li", {}, h("b", {}, each.code), ` ${each.subject}: ${each.detail}`))),
  report.repairs > 0 && h("p", {}, `${report.repairs} repair${report.repairs > 1 ? "s" : ""}: the reply was sent back with what was wrong.`));

function idempotency(table, turn, again) {
  const key = kept.keyOf(table.id, turn.id);
  const done = table.replay?.of === turn.id ? table.replay : null;
  return h("section", {}, h("h3", {}, "One wish, one turn"),
    h("p", { class: "note" }, "Every wish carries a key. The same key again, from a double click or a nervous network, is answered with the turn there is; no die is rolled, nothing is paid twice."),
    h("dl", { class: "facts wide" }, fact("Idempotency-Key", h("code", {}, key ?? "sent from another browser")), fact("turn id, from the key", h("code", {}, turn.id))),
    key && h("button", { type: "button", class: "button", onclick: again }, "Send this action again, same key"),
    done && h("dl", { class: "facts replayed", role: "status" },
      fact("answer", `${done.status} in ${done.milliseconds} ms`), fact("Idempotency-Replayed", String(done.replayed)),
      fact("same turn", done.same ? "yes" : "no"), fact("turns before → after", `${done.before} → ${done.after}`)));
}

const HIDDEN = new Set(["occurred_at"]);
const brief = (data) => Object.entries(data ?? {}).filter(([name, value]) => !HIDDEN.has(name) && value !== null && typeof value !== "object").slice(0, 5).map(([name, value]) => `${name.replaceAll("_", " ")} ${value}`).join(" · ");
const stream = (table) => h("section", {}, h("h3", {}, "Event stream ", h("small", {}, { live: "live, by WebSocket", polling: "by GET …/events", silent: "not available here" }[table.feed])),
  table.events.length === 0 ? h("p", { class: "note" }, "Events of this campaign appear here as they happen.")
    : h("ol", { class: "stream", tabindex: 0, "aria-label": "Events, newest first" }, table.events.slice(-40).reverse().map((event) =>
      h("li", {}, h("span", { class: "sequence" }, `#${event.sequence}`), h("b", {}, event.type), h("time", {}, event.sent_at.slice(11, 23)), h("small", {}, brief(event.data))))));

export function curtainPart(table, again) {
  const turn = table.playing ? null : table.newest;
  const seen = table.playing ? table.playing.events.map((event) => SEEN[event.type]).filter(Boolean) : [];
  const done = turn ? visited(turn.trace) : new Map(seen.map((name) => [name, { times: seen.filter((each) => each === name).length, attempts: 0, milliseconds: 0, error: null }]));
  if (turn?.status === "resolved") done.set("FormatResponse", done.get("FormatResponse") ?? { times: 1, attempts: 1, milliseconds: 0, error: null });
  return h("div", { class: "curtain-body" },
    h("section", {}, h("h3", {}, "The workflow of ", table.playing ? "the turn that is being told" : turn?.number ? `turn ${turn.number}` : "a turn"),
      h("div", { class: "scroll", tabindex: 0, "aria-label": "Workflow graph" }, graph(done, table.playing ? seen.at(-1) ?? "OpenTurn" : null)),
      h("p", { class: "legend" }, ["gateway", "campaign", "lore", "chronicle", "dm", "tools"].map((name) => h("span", { class: name }, name))),
      turn && waterfall(turn.trace)),
    turn && h("section", {}, h("h3", {}, "What it took"), costs(turn)),
    turn && grounding(turn.report), turn && turn.number && idempotency(table, turn, () => again(turn)), stream(table));
}
