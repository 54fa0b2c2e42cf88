/** What a turn's player should be told of it: in full once, and in brief under each turn that follows. */

/** @import { Notice } from "../api_types.d.ts" */

import { h } from "../dom.js";
import { NOTICE_ENDS, NOTICE_GOES_ON } from "../texts.js";

/** @param {Notice} notice */
export function noticePart({ text, until }) {
  if (!until) return h("p", { class: "notice" }, text);
  const time = new Date(until).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
  const whole = h("span", { class: "whole" }, text + NOTICE_ENDS.replace("{time}", time));
  return h("p", { class: "notice" }, whole, h("span", { class: "brief" }, NOTICE_GOES_ON.replace("{time}", time)));
}
