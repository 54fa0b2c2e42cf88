/** Nine cats: the lives that are left. */

import { h } from "../dom.js";
import { icon } from "../icons.js";

/** @param {number} left */
export const lives = (left) =>
  h(
    "div",
    { class: "lives", role: "img", "aria-label": `${left} of nine lives left` },
    Array.from({ length: 9 }, (_, n) => h("span", { class: n < left ? "life" : "life gone" }, icon("cat", 16))),
  );
