/** The workflow of a turn as a graph that lights up while it runs. One drawing for good: only its lights change. */

import { s } from "../dom.js";

export const OWNERS = {
  OpenTurn: "campaign", RetrieveLore: "lore", RecallChronicle: "chronicle", InvokeDungeonMaster: "dm", ValidateAndRoute: "dm",
  ExecuteTool: "tools", ExecuteTools: "tools", SettleEffects: "campaign", RefreshLore: "lore", LookAround: "lore", PlayWorld: "tools", SettleWorld: "campaign",
  PersistCampaign: "campaign", VoidTurn: "campaign", FormatResponse: "gateway", FailTurn: "gateway",
};
/** Where a state is, and where its milliseconds are written: "below" it, or "beside" it where a line leaves downwards. */
const PLACES = {
  OpenTurn: [50, 46, "below"], RetrieveLore: [162, 46, "below"], RecallChronicle: [274, 46, "below"], InvokeDungeonMaster: [386, 46, "beside"],
  ValidateAndRoute: [386, 140, "beside"], ExecuteTool: [274, 140, "below"], SettleEffects: [162, 140, "below"], RefreshLore: [50, 140, "beside"],
  PlayWorld: [50, 234, "below"], SettleWorld: [162, 234, "below"], FormatResponse: [274, 234, "below"], PersistCampaign: [386, 234, "below"],
};
const LINES = ["OpenTurn RetrieveLore", "RetrieveLore RecallChronicle", "RecallChronicle InvokeDungeonMaster", "InvokeDungeonMaster ValidateAndRoute",
  "ValidateAndRoute ExecuteTool", "ExecuteTool SettleEffects", "SettleEffects RefreshLore", "RefreshLore PlayWorld", "PlayWorld SettleWorld",
  "ValidateAndRoute PersistCampaign", "PersistCampaign FormatResponse"];
const AGAIN = "M173 234H200Q218 234 218 216V110Q218 92 236 92H352Q371 92 380 56"; // from the settled world back to the master
const words = (state) => state.replace(/([a-z])([A-Z])/g, "$1 $2").replace("Dungeon Master", "Master").replace("And Route", "").replace("Campaign", "").trim();
const TOOK = { below: { y: 29, "text-anchor": "middle" }, beside: { x: 18, y: 19, "text-anchor": "start" } };

export class Workflow {
  #states = new Map();
  #lines = [];

  constructor() {
    this.#lines = LINES.map((pair) => {
      const ends = pair.split(" ");
      const [[x1, y1], [x2, y2]] = ends.map((name) => PLACES[name]);
      return { ends, element: s("line", { x1, y1, x2, y2, class: "link" }) };
    });
    this.#lines.push({ ends: ["SettleWorld", "SettleWorld"], element: s("path", { d: AGAIN, class: "link" }) });
    const states = Object.entries(PLACES).map(([name, [x, y, where]], n) => {
      const times = s("text", { class: "times", y: 4, "text-anchor": "middle" });
      const took = s("text", { class: "took", ...TOOK[where] });
      const group = s("g", { transform: `translate(${x} ${y})`, vars: { "--nth": n } },
        s("circle", { r: 17, class: "ring" }), s("circle", { r: 11, class: "lamp" }), times, s("text", { y: -19, "text-anchor": "middle" }, words(name)), took);
      this.#states.set(name, { group, times, took });
      return group;
    });
    this.element = s("svg", { class: "workflow", viewBox: "-2 10 452 268", role: "img" }, this.#lines.map(({ element }) => element), states);
  }

  /**
   * `done` is state → { times, attempts, milliseconds?, at?, error?, inferred? }: `milliseconds` is how long it took, `at` when
   * it was over. `now` is where the turn is, `likely` if that is a guess, `failing` how often it failed there already.
   */
  light({ done, now = null, likely = false, failing = 0 }) {
    for (const [name, { group, times, took }] of this.#states) {
      const seen = done.get(name);
      const state = name === now ? `now${likely ? " likely" : ""}${failing ? " failing" : ""}` : !seen ? "" : seen.error ? "broke" : seen.inferred ? "passed" : seen.attempts > seen.times ? "again" : "done";
      group.setAttribute("class", `state ${OWNERS[name]} ${state}`);
      times.textContent = name === now && failing ? `${failing}×` : seen?.times > 1 ? String(seen.times) : "";
      took.textContent = seen?.milliseconds > 0 ? `${seen.milliseconds} ms` : seen?.at ? `at ${seen.at} ms` : "";
    }
    const lit = (name) => done.has(name) || name === now;
    for (const { ends, element } of this.#lines) element.classList.toggle("lit", ends.every(lit) && (ends[0] !== ends[1] || done.get("InvokeDungeonMaster")?.times > 1 || now === "InvokeDungeonMaster"));
    this.element.setAttribute("aria-label", `Workflow: ${[...done.keys(), ...(now && !done.has(now) ? [`now ${now}`] : [])].join(", ") || "waiting"}`);
  }
}
