/** The city and its cats, drawn by arithmetic: the same words always give the same picture. */

import { s } from "./dom.js";

/** A small generator of numbers in [0, 1), seeded by a word: decoration must not change from visit to visit. */
export function chance(word) {
  let state = 2166136261;
  for (const letter of word) state = Math.imul(state ^ letter.charCodeAt(0), 16777619);
  return () => {
    state = Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}

const EYES = {
  "alley-brawler": ["#ff6b6b", 0.9], "night-mouser": ["#ffc65c", 0.72], "static-witch": ["#5ee7e3", 1.05],
  "lap-diplomat": ["#ff7fb8", 0.55], "whisker-seer": ["#b79bff", 1.2], "tinker-tabby": ["#7fe0a0", 0.95],
};
const MARKS = {
  "alley-brawler": [["path", { d: "M120 64 96 92M110 62l6 12", class: "scar" }], ["path", { d: "M38 26l9 13 4-8z", class: "notch" }]],
  "night-mouser": [["path", { d: "M37 104q43 26 86 0l5 18q-48 26-96 0z", class: "cloth" }]],
  "static-witch": [["path", { d: "M80 20 70 44h12l-8 22 24-32H86l10-14z", class: "spark" }]],
  "lap-diplomat": [["path", { d: "M80 124l-22-11v24zM80 124l22-11v24z", class: "cloth" }], ["circle", { cx: 80, cy: 124, r: 6, class: "spark" }]],
  "whisker-seer": [["path", { d: "M80 40q13 11 0 22-13-11 0-22z", class: "spark" }], ["circle", { cx: 80, cy: 51, r: 3.5, class: "notch" }]],
  "tinker-tabby": [["circle", { cx: 108, cy: 82, r: 21, class: "lens" }], ["path", { d: "M128 74 146 66", class: "lens" }]],
};

/** The head of a cat of this class. */
export function portrait(classId, label = "") {
  const [eye, open] = EYES[classId] ?? ["#5ee7e3", 0.9];
  const eyes = [52, 108].map((x) => s("g", {},
    s("ellipse", { cx: x, cy: 82, rx: 15, ry: 15 * open, fill: eye, class: "glow" }),
    s("ellipse", { cx: x, cy: 82, rx: 3.6, ry: 12 * open, class: "pupil" })));
  const hairs = [-1, 1].flatMap((side) => [-7, 0, 7].map((y) =>
    s("path", { d: `M${80 + side * 26} ${106 + y / 2}q${side * 22} ${y / 2 - 3} ${side * 50} ${y}`, class: "whisker" })));
  return s("svg", { class: "portrait", viewBox: "0 0 160 160", role: label ? "img" : null, "aria-label": label || null, "aria-hidden": label ? null : "true" },
    s("path", { d: "M28 14 62 44q18-5 36 0l34-30 8 66q0 60-60 62-60-2-60-62z", class: "fur" }),
    s("path", { d: "M36 30 54 47 32 66zM124 30l-18 17 22 19z", class: "ear" }),
    eyes, s("path", { d: "M74 103h12l-6 7zM80 110v5m0 0q-6 7-13 3m13-3q6 7 13 3", class: "nose" }), hairs,
    (MARKS[classId] ?? []).map(([tag, attributes]) => s(tag, attributes)));
}

/** Nekopolis at night: boxes upon boxes under a moon that looks back, and one cat on the edge of it all. */
export function skyline() {
  const [width, height] = [1200, 420];
  const next = chance("nekopolis");
  const rows = [[150, 120, "far"], [210, 120, "mid"], [290, 90, "near"]];
  const boxes = rows.map(([base, rise, name], depth) => {
    const found = [];
    for (let x = -30; x < width + 340;) {
      const wide = 46 + next() * 74 + depth * 16;
      const top = base - next() * rise * 0.72;
      found.push(box(x, top, wide, height - top, name, next));
      x += wide + (depth === 2 ? 3 : 0);
    }
    return s("g", { class: name }, found);
  });
  return s("svg", { class: "skyline", viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "xMidYMax slice", "aria-hidden": "true" },
    s("g", { class: "scene" },
      s("circle", { cx: 932, cy: 92, r: 80, class: "moon" }), s("ellipse", { cx: 938, cy: 92, rx: 13, ry: 64, class: "slit" }),
      boxes, s("g", { class: "ledge" }, s("path", { d: "M764 238h212v200H764z", class: "wall" }), s("path", { d: "M764 238l-26-16M976 238l26-16", class: "flap" }), s("path", { d: "M870 238v34", class: "tape" })),
      sitting(776, 69)));
}

function box(x, y, wide, high, name, next) {
  const parts = [s("rect", { x, y, width: wide - 2, height: high, class: "wall" })];
  if (next() > 0.45) parts.push(s("path", { d: `M${x} ${y}l-9-11M${x + wide - 2} ${y}l9-11`, class: "flap" }));
  parts.push(s("path", { d: `M${x + wide / 2} ${y}v${Math.min(high, 26)}`, class: "tape" }));
  for (let row = y + 20; row < y + high - 12 && row < 400; row += 22) {
    for (let column = x + 10; column < x + wide - 16; column += 20) {
      if (next() > (name === "near" ? 0.9 : 0.8)) {
        const hue = next();
        const tint = hue > 0.9 ? "pink" : hue > 0.78 ? "cyan" : "warm";
        parts.push(s("rect", { x: column, y: row, width: 7, height: 9, rx: 1, class: `lamp ${tint}` }));
      }
    }
  }
  return s("g", {}, parts);
}

function sitting(x, y) {
  return s("g", { class: "sitter", transform: `translate(${x} ${y}) scale(.8)` },
    s("path", { d: "M62 74 56 22 84 46q16-4 32 0l28-24-6 52q2 22-13 33 26 26 27 66 1 34-20 38H72q-22-4-21-38 1-40 25-66-16-11-14-33z" }),
    s("path", { d: "M146 204q44 2 42-36-1-18 8-28", class: "tail" }),
    s("ellipse", { cx: 86, cy: 74, rx: 7, ry: 6, class: "eye" }), s("ellipse", { cx: 114, cy: 74, rx: 7, ry: 6, class: "eye" }));
}
