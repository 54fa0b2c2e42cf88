/** Breaking things on purpose, where the operator allows it: what the next action will break. */

import { h } from "../dom.js";
import { icon } from "../icons.js";
import { SABOTAGE } from "../voice.js";

/** Above the box, so that nobody breaks anything without knowing. */
export const armedPart = (table) => h("p", { class: "armed", role: "status" }, icon("bolt", 16),
  h("span", {}, h("b", {}, `${SABOTAGE[table.armed][0]}: `), "with your next action."),
  h("button", { type: "button", class: "plain", "aria-label": "Break nothing", onclick: () => table.arm(null) }, "✕"));

const outcome = (which, twin, other) => h("div", {}, h("dt", {}, which), h("dd", {}, !twin ? "on its way …"
  : twin.kind ? `${twin.status || "no answer"}: ${twin.kind}` : [`${twin.status} · `, h("code", {}, twin.id), h("small", {}, ` Idempotency-Replayed: ${twin.replayed}`)],
  twin?.id && other?.id && h("small", { class: twin.id === other.id ? "same" : "differs" }, twin.id === other.id ? " the same turn" : " another turn")));

const became = ({ key, first, second }) => h("div", { role: "status" },
  h("dl", { class: "facts wide replayed" }, h("div", {}, h("dt", {}, "Idempotency-Key of both"), h("dd", {}, h("code", {}, key))), outcome("the first", first, second), outcome("the second", second, first)));

/** The buttons, behind the curtain. */
export const sabotagePart = (table) => h("section", { class: "sabotage" }, h("h3", {}, "Break it on purpose"),
  h("p", { class: "note" }, "Choose, then play on. The story must survive it: watch how."),
  h("div", { class: "levers", role: "group", "aria-label": "Break it on purpose" }, Object.entries(SABOTAGE).map(([name, [label, means]]) =>
    h("button", { type: "button", class: "lever", "aria-pressed": String(table.armed === name), disabled: table.over, onclick: () => table.arm(name) }, h("b", {}, label), h("small", {}, means)))),
  table.twins && became(table.twins));
