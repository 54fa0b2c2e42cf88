/** The events of a campaign as they come in, newest first. */

/** @import { FeedEvent } from "../api_types.d.ts" */
/** @import { Mode } from "../feed.js" */

import { h, note } from "../dom.js";

const MOST_EVENTS = 40;
const MOST_FIELDS = 5;
const HIDDEN = new Set(["occurred_at"]);
const MODES = { live: "live, by WebSocket", polling: "by GET …/events", silent: "not available here" };

/**
 * @param {FeedEvent[]} events
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

/** @param {FeedEvent} event */
const row = ({ sequence, type, sent_at, data }) =>
  h(
    "li",
    {},
    h("span", { class: "sequence" }, `#${sequence}`),
    h("b", {}, type),
    h("time", {}, sent_at.slice(11, 23)),
    h("small", {}, summary(data)),
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
