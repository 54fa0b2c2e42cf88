/** Elements without markup in strings: text is always text, so nothing a player or a model says becomes HTML. */

/**
 * What is false, null, undefined or "" is left out.
 * @typedef {Node | string | false | null | undefined | Child[]} Child
 */

/** @typedef {GlobalEventHandlersEventMap} Events */
/** @typedef {{ [Type in keyof Events as `on${Type}`]?: (event: Events[Type]) => void }} Handlers */

/**
 * `vars` are CSS custom properties; an attribute that is false, null or undefined is left out, true is an empty one.
 * @typedef {Handlers & { vars?: Record<string, string | number> } & { [name: string]: unknown }} Attributes
 */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {Child[]} children
 * @returns {(Node | string)[]}
 */
function flat(children) {
  return children.flatMap((child) => {
    if (Array.isArray(child)) return flat(child);
    return child ? [child] : [];
  });
}

/**
 * @param {HTMLElement | SVGElement} element
 * @param {string} name
 * @param {unknown} value
 */
function assign(element, name, value) {
  if (name.startsWith("on")) element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
  else if (name === "value" && "value" in element) element.value = value;
  else element.setAttribute(name, value === true ? "" : String(value));
}

/**
 * @param {HTMLElement | SVGElement} element
 * @param {Attributes} attributes
 * @param {Child[]} children
 */
function fill(element, { vars = {}, ...attributes }, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) assign(element, name, value);
  }
  for (const [name, value] of Object.entries(vars)) element.style.setProperty(name, String(value));
  element.append(...flat(children));
}

/**
 * An HTML element: `h("p", { class: "told", onclick: f }, "text", child, [more])`.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  fill(element, attributes, children);
  return element;
}

/**
 * The same for SVG.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 */
export function s(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  fill(element, attributes, children);
  return element;
}

/**
 * A button that submits no form.
 * @param {string} className
 * @param {(event: MouseEvent) => void} onclick
 * @param {Attributes} attributes
 * @param {...Child} children
 */
export const button = (className, onclick, attributes, ...children) =>
  h("button", { type: "button", class: className, onclick, ...attributes }, ...children);

/**
 * A remark in small print.
 * @param {...Child} children
 */
export const note = (...children) => h("p", { class: "note" }, ...children);

/**
 * A term and its value, for a `dl`.
 * @param {string} term
 * @param {...Child} value
 */
export const fact = (term, ...value) => h("div", {}, h("dt", {}, term), h("dd", {}, ...value));

/**
 * Put `children` in the place of what `parent` holds.
 * @template {Element} Parent
 * @param {Parent} parent
 * @param {...Child} children
 */
export function show(parent, ...children) {
  parent.replaceChildren(...flat(children));
  return parent;
}

/**
 * Make `parent` hold exactly these children without touching those that stay: a node that moves starts its animations
 * anew.
 * @param {Element} parent
 * @param {(Node | null | undefined)[]} children
 */
export function arrange(parent, children) {
  const wanted = children.filter((child) => child instanceof Node);
  for (const child of [...parent.childNodes]) if (!wanted.includes(child)) child.remove();
  for (const [n, child] of wanted.entries()) {
    const there = parent.childNodes[n];
    if (there !== child) parent.insertBefore(child, there ?? null);
  }
}

/**
 * An element that the page's HTML has.
 * @param {string} id
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/**
 * Focus the first element below `parent` that matches.
 * @param {Element} parent
 * @param {string} selector
 * @param {FocusOptions} [options]
 */
export function focusOn(parent, selector, options) {
  const found = parent.querySelector(selector);
  if (found instanceof HTMLElement) found.focus(options);
}

/**
 * Let screen readers read on, politely: each text once, after what they are reading.
 * @param {...string} texts
 */
export const read = (...texts) => byId("read").append(...texts.map((text) => h("p", {}, text)));

/** What was read is forgotten; nothing is said. */
export const clearRead = () => byId("read").replaceChildren();

/**
 * Let screen readers say it, politely.
 * @param {string} text
 */
export function say(text) {
  const region = byId("said");
  region.textContent = "";
  requestAnimationFrame(() => {
    region.textContent = text;
  });
}

export const prefersReducedMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/**
 * A modal dialog that gives the focus back. It begins at what it is about, not at the cross.
 * @param {string} title
 * @param {(close: () => void) => Child} build
 */
export function dialog(title, build) {
  const before = document.activeElement;
  const box = h("dialog", { class: "dialog", "aria-label": title });
  const close = () => box.close();
  box.append(h("header", {}, h("h2", {}, title), button("plain", close, { "aria-label": "Close" }, "✕")));
  box.append(...flat([build(close)]));
  box.addEventListener("close", () => {
    box.remove();
    if (before instanceof HTMLElement || before instanceof SVGElement) before.focus();
  });
  document.body.append(box);
  box.showModal();
  if (!box.querySelector("[autofocus]")) focusOn(box, ":scope > :not(header) :is(input, button)");
  return box;
}
