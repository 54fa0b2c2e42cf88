/** Small pictures, drawn with currentColor. */

import { s } from "./dom.js";

const PATHS = {
  cat: "M4.500 3 9 7.200Q12 6.400 15 7.200L19.500 3 20.300 12Q20.300 20.600 12 21 3.700 20.600 3.700 12z",
  story: "M5 4h9.500a4 4 0 0 1 4 4v12H8.500A3.500 3.500 0 0 1 5 16.500zM8 8.500h7M8 12h7",
  bag: "M6 8h12l1.500 12h-15zM9 8V6.500a3 3 0 0 1 6 0V8",
  map: "M3.500 6 9 4l6 2 5.500-2v14L15 20l-6-2-5.500 2zM9 4v14M15 6v14",
  quest: "M6 3.500h12v17l-6-4-6 4zM9.500 8h5M9.500 11.500h5",
  curtain: "M3.500 4h17M5 4v16c3-1 4-4 4-9V4M19 4v16c-3-1-4-4-4-9V4",
  send: "M4 12 20 4.500 15 20l-3.500-6zM11.500 14 20 4.500",
  bolt: "M13 2.500 5 14h6l-1 7.500L18.500 10h-6z",
  coin: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM14.500 9.500a3.500 3.500 0 1 0 0 5M12 6.500v11",
  shield: "M12 3 19.500 6v6c0 5-3.500 7.500-7.500 9-4-1.500-7.500-4-7.500-9V6z",
  swords: "M4 4l11 11M20 4 9 15M14 17l3-3M10 17l-3-3M16.500 16.500 20 20M7.500 16.500 4 20",
};
const SOLID = new Set(["cat", "bolt"]);

/** @typedef {keyof typeof PATHS} IconName */

/**
 * @param {IconName} name
 * @param {number} [size] in pixels
 */
export function icon(name, size = 20) {
  const [fill, stroke] = SOLID.has(name) ? ["currentColor", "none"] : ["none", "currentColor"];
  const drawn = {
    d: PATHS[name],
    fill,
    stroke,
    "stroke-width": 1.7,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  };
  const attributes = {
    class: `icon icon-${name}`,
    viewBox: "0 0 24 24",
    width: size,
    height: size,
    "aria-hidden": "true",
  };
  return s("svg", attributes, s("path", drawn));
}
