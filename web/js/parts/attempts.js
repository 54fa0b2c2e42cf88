/** How the master was asked, where not everything went well: as it fails, and as somebody steps in. */

/** @import { Attempt } from "../progress.js" */

import { h } from "../dom.js";
import { masterFailure } from "../texts.js";

/** @param {Attempt[]} attempts */
export function attemptsPart(attempts) {
  if (attempts.length === 0) return null;
  return h(
    "section",
    {},
    h("h3", {}, "How the master was asked"),
    h("ol", { class: "attempts", "aria-live": "polite" }, attempts.map(row)),
  );
}

/**
 * @param {Attempt} attempt
 * @param {number} n
 */
function row({ asked, error, at }, n) {
  const { what, comment } = error ? failure(asked, error) : success(asked);
  return h(
    "li",
    { class: error ? "failed" : "stood" },
    h("span", { class: "nth", "aria-hidden": "true" }, String(n + 1)),
    h("span", {}, h("b", {}, what), error && h("code", {}, error), h("small", {}, comment)),
    at !== null && h("time", {}, `at ${at} ms`),
  );
}

/**
 * @param {string} asked
 * @param {string} error
 */
function failure(asked, error) {
  const { verb, text } = masterFailure(error);
  return { what: `the ${asked} ${verb}`, comment: text };
}

/** @param {string} asked */
const success = (asked) =>
  asked === "understudy"
    ? { what: "the understudy stepped in", comment: "Not a word of the story was lost." }
    : { what: "the model answered", comment: "Patience was enough." };
