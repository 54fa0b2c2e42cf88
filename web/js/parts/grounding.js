/** What the check of the game master's reply came to. */

/** @import { GroundingReport } from "../api_types.d.ts" */

import { h, note } from "../dom.js";

/** @param {GroundingReport} report */
export function groundingPart({ resolution, checked, findings, repairs, beats = [] }) {
  const found = new Set(findings.map(({ code }) => code));
  return h(
    "section",
    {},
    h("h3", {}, "Grounding report ", h("small", { class: `resolution ${resolution}` }, resolution)),
    note("Every reply of the game master is checked before anything happens and before anybody reads it."),
    h(
      "ul",
      { class: "checked" },
      checked.map((name) => h("li", { class: found.has(name) ? "found" : "" }, name.replaceAll("-", " "))),
    ),
    beats.length > 0 && h("p", { class: "beats" }, `Of the story as it was written: ${shares(beats)}.`),
    findings.length > 0 &&
      h(
        "ul",
        { class: "findings" },
        findings.map(({ code, subject, detail }) => h("li", {}, h("b", {}, code), ` ${subject}: ${detail}`)),
      ),
    repairs > 0 &&
      h("p", {}, `${repairs} repair${repairs > 1 ? "s" : ""}: the reply was sent back with what was wrong.`),
  );
}

const VERDICTS = /** @type {const} */ (["kept", "replaced", "dropped", "added"]);

/**
 * How many beats were told as they came, were replaced or left out, and how many facts were added.
 * @param {NonNullable<GroundingReport["beats"]>} beats
 */
function shares(beats) {
  const counts = VERDICTS.map((verdict) => [verdict, beats.filter((beat) => beat.verdict === verdict).length]);
  return counts
    .filter(([, count]) => count)
    .map(([verdict, count]) => `${count} ${verdict}`)
    .join(", ");
}
