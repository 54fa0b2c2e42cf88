/** The events of a campaign as they come in, newest first. */

/** @import { Mode } from "../feed.js" */
/** @import { News } from "../progress.js" */

import { h, note } from "../dom.js";

const MOST_EVENTS = 40;
const MOST_FIELDS = 5;
const HIDDEN = new Set(["occurred_at"]);
const MODES = { live: "live, by WebSocket", polling: "by GET …/events", silent: "not available here" };

/**
 * @param {News[]} events
 * @param {Mode} mode
 */
export function eventStreamPart(events, mode) {
  const newestFirst = events.slice(-MOST_EVENTS).reverse();
  return h(
    "section",
    {},
    h("h3", {}, "Event stream ", h("small", {}, MODES[mode])),
    events.length === 0
      ? note("Events of this campaign appear here as they happen.")
      : h("ol", { class: "stream", tabindex: 0, "aria-label": "Events, newest first" }, newestFirst.map(row)),
  );
}

/** @param {News} event a step of a running turn has no place in the feed */
const row = (event) =>
  h(
    "li",
    {},
    h("span", { class: "sequence" }, "sequence" in event ? `#${event.sequence}` : "·"),
    h("b", {}, event.type),
    h("time", {}, event.sent_at.slice(11, 23)),
    h("small", {}, summary(event.data)),
  );

/**
 * The first plain values of an event.
 * @param {Record<string, unknown>} data
 */
const summary = (data) =>
  Object.entries(data ?? {})
    .filter(([name, value]) => !HIDDEN.has(name) && value !== null && typeof value !== "object")
    .slice(0, MOST_FIELDS)
    .map(([name, value]) => `${name.replaceAll("_", " ")} ${value}`)
    .join(" · ");
