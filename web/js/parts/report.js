/** "Report this story": a reason and nothing else, under each turn that was told. */

/** @import { NewReport, Turn } from "../api_types.d.ts" */

import * as api from "../api.js";
import { button, h, say, show } from "../dom.js";
import { NOT_REPORTED, REPORT, REPORT_ABOUT, REPORT_REASONS, REPORTED } from "../texts.js";

/** @param {Turn} turn */
export function reportPart({ id, campaign_id }) {
  const said = h("p", { class: "note" });
  const about = h("p", { class: "note" }, REPORT_ABOUT);
  const element = h("details", { class: "report" }, h("summary", {}, REPORT), about);

  element.addEventListener("toggle", () => {
    if (element.open) element.scrollIntoView({ block: "nearest" }); // the reasons may be below what is seen
  });

  let isSending = false;

  /** @param {NewReport["reason"]} reason */
  async function send(reason) {
    if (isSending) return; // a button that is disabled would lose the focus
    isSending = true;
    try {
      await api.report(campaign_id, id, reason);
      const done = h("p", { class: "note", tabindex: -1 }, REPORTED);
      show(element, h("summary", {}, REPORT), done);
      done.focus();
      say(REPORTED);
    } catch {
      show(said, NOT_REPORTED);
      say(NOT_REPORTED);
    } finally {
      isSending = false;
    }
  }

  const named = /** @type {[NewReport["reason"], string][]} */ (Object.entries(REPORT_REASONS));
  const reasons = named.map(([reason, words]) => button("button quiet", () => send(reason), {}, words));
  element.append(h("div", { class: "reasons", role: "group", "aria-label": REPORT_ABOUT }, ...reasons), said);
  return element;
}
