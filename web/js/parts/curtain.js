/** Behind the curtain: what the machine did for a turn. Nothing here is for show: it is what the API says. */

import { config } from "../config.js";
import { h, say, show } from "../dom.js";
import * as kept from "../kept.js";
import { followed } from "../progress.js";
import { ATTEMPTS } from "../voice.js";
import { sabotagePart } from "./sabotage.js";
import { OWNERS, Workflow } from "./workflow.js";

/** States that were visited: name → { times, attempts, milliseconds, error }. */
function visited(trace) {
  const found = new Map();
  for (const { stage: told, attempts, milliseconds, error } of trace) {
    const stage = told === "ExecuteTools" ? "ExecuteTool" : told;
    const sum = found.get(stage) ?? { times: 0, attempts: 0, milliseconds: 0, error: null };
    found.set(stage, { times: sum.times + 1, attempts: sum.attempts + attempts, milliseconds: sum.milliseconds + milliseconds, error: error ?? sum.error });
  }
  return found;
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
  const key = kept.wishOf(table.id, turn.id)?.key;
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

const ERRORS = { ModelThrottled: "was turned away", ModelUnavailable: "broke off", ModelRefused: "refused" };

/** How the master was asked, where not everything went well: as it fails, and as somebody steps in. */
const attempts = (asked) => asked.length > 0 && h("section", {}, h("h3", {}, "How the master was asked"),
  h("ol", { class: "attempts", "aria-live": "polite" }, asked.map(({ asked: who, error, at }, n) => h("li", { class: error ? "failed" : "stood" },
    h("span", { class: "nth", "aria-hidden": "true" }, String(n + 1)),
    h("span", {}, h("b", {}, error ? `the ${who} ${ERRORS[error] ?? "failed"}` : who === "understudy" ? "the understudy stepped in" : "the model answered"), error && h("code", {}, error),
      h("small", {}, error ? ATTEMPTS[error] ?? ATTEMPTS.other : who === "understudy" ? "Not a word of the story was lost." : "Patience was enough.")),
    at !== null && h("time", {}, `at ${at} ms`)))));

/** The last turn, told or not, as the events know it. */
function known(table, turn) {
  const id = table.playing ? table.playing.turnId : turn?.id;
  const events = table.playing?.events ?? table.events.filter((event) => id && event.turn_id === id);
  return followed(events, table.playing ? Date.now() - table.playing.quiet : 0);
}

/** What the curtain shows of a table. It is drawn only while it is open. */
export class Curtain {
  #graph = new Workflow();
  #title = h("h3", {});
  #below = h("div", { class: "curtain-rest" });
  #drawn = [];

  constructor(table) {
    this.table = table;
    const scene = h("section", {}, this.#title, this.#graph.element,
      h("p", { class: "legend" }, ["gateway", "campaign", "lore", "chronicle", "dm", "tools"].map((name) => h("span", { class: name }, name))));
    this.levers = h("div", { class: "levers-place", hidden: !config.chaos });
    this.element = h("div", { class: "curtain-body" }, scene, this.levers, this.#below);
  }

  draw() {
    const { table } = this;
    if (!this.element.parentElement || this.element.parentElement.hidden) return;
    const values = [table.turns, table.playing, table.playing?.events, table.playing?.steps, table.events, table.feed, table.replay, table.armed, table.twins, table.over];
    const same = (values[1] === null || Date.now() - table.playing.quiet < 600) && values.every((value, n) => value === this.#drawn[n]);
    if (same) return;
    if (config.chaos && [7, 8, 9].some((n) => values[n] !== this.#drawn[n])) this.#arm();
    this.#drawn = values;
    this.#paint(table.playing ? null : table.newest);
  }

  #arm() { focused(this.levers, () => show(this.levers, sabotagePart(this.table))); }

  #paint(turn) {
    const { table } = this;
    const live = known(table, turn);
    this.#title.textContent = `The workflow of ${table.playing ? "the turn that is being told" : turn?.number ? `turn ${turn.number}` : "a turn"}`;
    if (turn) this.#graph.light({ done: ended(turn) });
    else this.#graph.light({ ...live, now: live.now ?? (table.playing ? "OpenTurn" : null), failing: live.failed });
    focused(this.#below, () => show(this.#below, turn?.trace.length > 0 && waterfall(turn.trace), attempts(live.attempts),
      turn?.status === "resolved" && h("section", {}, h("h3", {}, "What it took"), costs(turn)),
      turn && grounding(turn.report), turn?.number && idempotency(table, turn, () => table.sendAgain(turn).catch(() => say("The line is dead. Try again."))), stream(table)));
  }
}

/** Draw `place` anew; what had the focus has it again. */
function focused(place, draw) {
  const name = ({ tagName, textContent, ariaLabel }) => `${tagName} ${ariaLabel ?? textContent}`;
  const held = place.contains(document.activeElement) ? name(document.activeElement) : null;
  draw();
  if (held) [...place.querySelectorAll("button, [tabindex], summary")].find((each) => name(each) === held)?.focus({ preventScroll: true });
}

/** The exact figures of a turn that has ended. */
function ended(turn) {
  const done = visited(turn.trace);
  if (turn.status === "resolved" && !done.has("FormatResponse")) done.set("FormatResponse", { times: 1, attempts: 1, milliseconds: 0, error: null });
  return done;
}
