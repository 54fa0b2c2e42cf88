/** The workflow of a turn as a graph that lights up while it runs. One drawing for good: only its lights change. */

/** @import { State, Visit } from "../progress.js" */

import { s } from "../dom.js";

/** @typedef {{ group: SVGGElement, times: SVGTextElement, took: SVGTextElement }} Drawn a state's elements */
/** @typedef {{ ends: State[], element: SVGElement }} Link lit when the turn has been at all its ends */

/**
 * What is known of a turn: see Progress. `failing` is how often it failed where it is now.
 * @typedef {object} Lights
 * @property {Map<string, Visit>} done
 * @property {State | null} [now]
 * @property {boolean} [likely]
 * @property {number} [failing]
 */

/** @type {Record<string, string>} the service that owns a state: its colour */
export const OWNERS = {
  OpenTurn: "campaign",
  RetrieveLore: "lore",
  RecallChronicle: "chronicle",
  InvokeDungeonMaster: "dm",
  ValidateAndRoute: "dm",
  JudgeNarrative: "dm",
  ValidateJudged: "dm",
  ExecuteTool: "tools",
  ExecuteTools: "tools",
  SettleEffects: "campaign",
  RefreshLore: "lore",
  LookAround: "lore",
  PlayWorld: "tools",
  SettleWorld: "campaign",
  PersistCampaign: "campaign",
  VoidTurn: "campaign",
  FormatResponse: "gateway",
  FailTurn: "gateway",
};

/** Where a state's milliseconds are written: "below" it, or "beside" it where a line leaves downwards. */
const TOOK = { below: { y: 29, "text-anchor": "middle" }, beside: { x: 18, y: 19, "text-anchor": "start" } };

/** @type {Record<State, { x: number, y: number, took: keyof typeof TOOK }>} */
const PLACES = {
  OpenTurn: { x: 50, y: 46, took: "below" },
  RetrieveLore: { x: 162, y: 46, took: "below" },
  RecallChronicle: { x: 274, y: 46, took: "below" },
  InvokeDungeonMaster: { x: 386, y: 46, took: "beside" },
  ValidateAndRoute: { x: 386, y: 140, took: "beside" },
  ExecuteTool: { x: 274, y: 140, took: "below" },
  SettleEffects: { x: 162, y: 140, took: "below" },
  RefreshLore: { x: 50, y: 140, took: "beside" },
  PlayWorld: { x: 50, y: 234, took: "below" },
  SettleWorld: { x: 162, y: 234, took: "below" },
  FormatResponse: { x: 274, y: 234, took: "below" },
  PersistCampaign: { x: 386, y: 234, took: "below" },
};
const STATES = /** @type {State[]} */ (Object.keys(PLACES));

/** @type {[State, State][]} */
const LINKS = [
  ["OpenTurn", "RetrieveLore"],
  ["RetrieveLore", "RecallChronicle"],
  ["RecallChronicle", "InvokeDungeonMaster"],
  ["InvokeDungeonMaster", "ValidateAndRoute"],
  ["ValidateAndRoute", "ExecuteTool"],
  ["ExecuteTool", "SettleEffects"],
  ["SettleEffects", "RefreshLore"],
  ["RefreshLore", "PlayWorld"],
  ["PlayWorld", "SettleWorld"],
  ["ValidateAndRoute", "PersistCampaign"],
  ["PersistCampaign", "FormatResponse"],
];
const BACK_TO_THE_MASTER = "M173 234H200Q218 234 218 216V110Q218 92 236 92H352Q371 92 380 56"; // from SettleWorld

/** @param {State} state */
const labelOf = (state) =>
  state
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace("Dungeon Master", "Master")
    .replace("And Route", "")
    .replace("Campaign", "")
    .trim();

export class Workflow {
  /** @type {Map<State, Drawn>} */
  #states = new Map(STATES.map((state, n) => [state, drawState(state, n)]));
  #links = LINKS.map(drawLink);
  #back = s("path", { d: BACK_TO_THE_MASTER, class: "link" });

  constructor() {
    this.element = s(
      "svg",
      { class: "workflow", viewBox: "-2 10 452 268", role: "img" },
      this.#links.map(({ element }) => element),
      this.#back,
      [...this.#states.values()].map(({ group }) => group),
    );
  }

  /** @param {Lights} lights */
  light({ done, now = null, likely = false, failing = 0 }) {
    for (const [state, { group, times, took }] of this.#states) {
      const visit = done.get(state);
      const light = state === now ? nowClass(likely, failing) : classOf(visit);
      group.setAttribute("class", `state ${OWNERS[state]} ${light}`);
      times.textContent = state === now && failing ? `${failing}×` : timesOf(visit);
      took.textContent = tookOf(visit);
    }
    const isLit = (/** @type {State} */ state) => done.has(state) || state === now;
    for (const { ends, element } of this.#links) element.classList.toggle("lit", ends.every(isLit));
    const master = done.get("InvokeDungeonMaster");
    const isBack = now === "InvokeDungeonMaster" || (master !== undefined && master.times > 1);
    this.#back.classList.toggle("lit", isLit("SettleWorld") && isBack);
    this.element.setAttribute("aria-label", `Workflow: ${stepsOf(done, now) || "waiting"}`);
  }
}

/**
 * @param {State} state
 * @param {number} n
 * @returns {Drawn}
 */
function drawState(state, n) {
  const place = PLACES[state];
  const times = s("text", { class: "times", y: 4, "text-anchor": "middle" });
  const took = s("text", { class: "took", ...TOOK[place.took] });
  const group = s(
    "g",
    { transform: `translate(${place.x} ${place.y})`, vars: { "--nth": n } },
    s("circle", { r: 17, class: "ring" }),
    s("circle", { r: 11, class: "lamp" }),
    times,
    s("text", { y: -19, "text-anchor": "middle" }, labelOf(state)),
    took,
  );
  return { group, times, took };
}

/**
 * @param {[State, State]} ends
 * @returns {Link}
 */
function drawLink(ends) {
  const [{ x: x1, y: y1 }, { x: x2, y: y2 }] = [PLACES[ends[0]], PLACES[ends[1]]];
  return { ends, element: s("line", { x1, y1, x2, y2, class: "link" }) };
}

/**
 * @param {boolean} likely
 * @param {number} failing
 */
const nowClass = (likely, failing) => `now${likely ? " likely" : ""}${failing ? " failing" : ""}`;

/** @param {Visit | undefined} visit */
function classOf(visit) {
  if (!visit) return "";
  if (visit.error) return "broke";
  if (visit.inferred) return "passed";
  return visit.attempts > visit.times ? "again" : "done";
}

/** @param {Visit | undefined} visit */
const timesOf = (visit) => (visit && visit.times > 1 ? String(visit.times) : "");

/** @param {Visit | undefined} visit */
function tookOf(visit) {
  if (visit?.milliseconds) return `${visit.milliseconds} ms`;
  return visit?.at ? `at ${visit.at} ms` : "";
}

/**
 * @param {Map<string, Visit>} done
 * @param {State | null} now
 */
const stepsOf = (done, now) => [...done.keys(), ...(now && !done.has(now) ? [`now ${now}`] : [])].join(", ");
