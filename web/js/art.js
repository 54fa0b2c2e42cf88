/** The city and its cats, drawn by arithmetic: the same words always give the same picture. */

import { s } from "./dom.js";

/** @typedef {{ eye: string, open: number, marks: () => SVGElement[] }} Look `open` is how far the eyes are */

/**
 * A small generator of numbers in [0, 1), seeded by a word: decoration must not change from visit to visit.
 * @param {string} word
 */
export function seededRandom(word) {
  let state = 2166136261;
  for (const letter of word) state = Math.imul(state ^ letter.charCodeAt(0), 16777619);
  return () => {
    state = Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}

/**
 * @param {string} className
 * @param {string} d
 */
const path = (className, d) => s("path", { d, class: className });

/** @type {Record<string, Look>} */
const LOOKS = {
  "alley-brawler": {
    eye: "#ff6b6b",
    open: 0.9,
    marks: () => [path("scar", "M120 64 96 92M110 62l6 12"), path("notch", "M38 26l9 13 4-8z")],
  },
  "night-mouser": {
    eye: "#ffc65c",
    open: 0.72,
    marks: () => [path("cloth", "M37 104q43 26 86 0l5 18q-48 26-96 0z")],
  },
  "static-witch": {
    eye: "#5ee7e3",
    open: 1.05,
    marks: () => [path("spark", "M80 20 70 44h12l-8 22 24-32H86l10-14z")],
  },
  "lap-diplomat": {
    eye: "#ff7fb8",
    open: 0.55,
    marks: () => [
      path("cloth", "M80 124l-22-11v24zM80 124l22-11v24z"),
      s("circle", { cx: 80, cy: 124, r: 6, class: "spark" }),
    ],
  },
  "whisker-seer": {
    eye: "#b79bff",
    open: 1.2,
    marks: () => [
      path("spark", "M80 40q13 11 0 22-13-11 0-22z"),
      s("circle", { cx: 80, cy: 51, r: 3.5, class: "notch" }),
    ],
  },
  "tinker-tabby": {
    eye: "#7fe0a0",
    open: 0.95,
    marks: () => [s("circle", { cx: 108, cy: 82, r: 21, class: "lens" }), path("lens", "M128 74 146 66")],
  },
};

/** @type {Look} */
const PLAIN = { eye: "#5ee7e3", open: 0.9, marks: () => [] };

/**
 * @param {number} x
 * @param {Look} look
 */
const eye = (x, { eye: fill, open }) =>
  s(
    "g",
    {},
    s("ellipse", { cx: x, cy: 82, rx: 15, ry: 15 * open, fill, class: "glow" }),
    s("ellipse", { cx: x, cy: 82, rx: 3.6, ry: 12 * open, class: "pupil" }),
  );

const whiskers = () =>
  [-1, 1].flatMap((side) =>
    [-7, 0, 7].map((y) =>
      path("whisker", `M${80 + side * 26} ${106 + y / 2}q${side * 22} ${y / 2 - 3} ${side * 50} ${y}`),
    ),
  );

/**
 * The head of a cat of this class.
 * @param {string} classId
 */
export function portrait(classId) {
  const look = LOOKS[classId] ?? PLAIN;
  return s(
    "svg",
    { class: "portrait", viewBox: "0 0 160 160", "aria-hidden": "true" },
    path("fur", "M28 14 62 44q18-5 36 0l34-30 8 66q0 60-60 62-60-2-60-62z"),
    path("ear", "M36 30 54 47 32 66zM124 30l-18 17 22 19z"),
    eye(52, look),
    eye(108, look),
    path("nose", "M74 103h12l-6 7zM80 110v5m0 0q-6 7-13 3m13-3q6 7 13 3"),
    whiskers(),
    look.marks(),
  );
}

const [WIDTH, HEIGHT] = [1200, 420];
const ROWS = [
  { name: "far", base: 150, rise: 120, wider: 0, gap: 0, dark: 0.8 },
  { name: "mid", base: 210, rise: 120, wider: 16, gap: 0, dark: 0.8 },
  { name: "near", base: 290, rise: 90, wider: 32, gap: 3, dark: 0.9 },
];

/** Nekopolis at night: boxes upon boxes under a moon that looks back, and one cat on the edge of it all. */
export function skyline() {
  const next = seededRandom("nekopolis");
  const scene = s(
    "g",
    { class: "scene" },
    s("circle", { cx: 932, cy: 92, r: 80, class: "moon" }),
    s("ellipse", { cx: 938, cy: 92, rx: 13, ry: 64, class: "slit" }),
    ROWS.map((row) => s("g", { class: row.name }, rowOfBoxes(row, next))),
    ledge(),
    sittingCat(),
  );
  const viewBox = `0 0 ${WIDTH} ${HEIGHT}`;
  return s("svg", { class: "skyline", viewBox, preserveAspectRatio: "xMidYMax slice", "aria-hidden": "true" }, scene);
}

/**
 * @param {(typeof ROWS)[number]} row
 * @param {() => number} next
 */
function rowOfBoxes({ base, rise, wider, gap, dark }, next) {
  const boxes = [];
  for (let x = -30; x < WIDTH + 340; ) {
    const wide = 46 + next() * 74 + wider;
    const top = base - next() * rise * 0.72;
    boxes.push(box(x, top, wide, HEIGHT - top, dark, next));
    x += wide + gap;
  }
  return boxes;
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} wide
 * @param {number} high
 * @param {number} dark the share of windows without a lamp
 * @param {() => number} next
 */
function box(x, y, wide, high, dark, next) {
  /** @type {SVGElement[]} */
  const parts = [s("rect", { x, y, width: wide - 2, height: high, class: "wall" })];
  if (next() > 0.45) parts.push(path("flap", `M${x} ${y}l-9-11M${x + wide - 2} ${y}l9-11`));
  parts.push(path("tape", `M${x + wide / 2} ${y}v${Math.min(high, 26)}`));
  for (let row = y + 20; row < y + high - 12 && row < 400; row += 22) {
    for (let column = x + 10; column < x + wide - 16; column += 20) {
      if (next() > dark) parts.push(lamp(column, row, next()));
    }
  }
  return s("g", {}, parts);
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} hue in [0, 1)
 */
function lamp(x, y, hue) {
  let tint = "warm";
  if (hue > 0.78) tint = "cyan";
  if (hue > 0.9) tint = "pink";
  return s("rect", { x, y, width: 7, height: 9, rx: 1, class: `lamp ${tint}` });
}

const ledge = () =>
  s(
    "g",
    { class: "ledge" },
    path("wall", "M764 238h212v200H764z"),
    path("flap", "M764 238l-26-16M976 238l26-16"),
    path("tape", "M870 238v34"),
  );

const BODY =
  "M62 74 56 22 84 46q16-4 32 0l28-24-6 52q2 22-13 33 26 26 27 66 1 34-20 38H72q-22-4-21-38 1-40 25-66-16-11-14-33z";

const sittingCat = () =>
  s(
    "g",
    { class: "sitter", transform: "translate(776 69) scale(.8)" },
    s("path", { d: BODY }),
    path("tail", "M146 204q44 2 42-36-1-18 8-28"),
    s("ellipse", { cx: 86, cy: 74, rx: 7, ry: 6, class: "eye" }),
    s("ellipse", { cx: 114, cy: 74, rx: 7, ry: 6, class: "eye" }),
  );
