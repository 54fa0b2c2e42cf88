/** Elements without markup in strings: text is always text, so nothing a player or a model says becomes HTML. */

const SVG = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "vars") for (const [key, each] of Object.entries(value)) element.style.setProperty(key, each);
    else if (name === "value" && "value" in element) element.value = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** An HTML element: `h("p", { class: "told", onclick: f }, "text", child, [more])`. */
export const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);

/** The same for SVG. */
export const s = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

/** Put `children` in the place of what `parent` holds. */
export function show(parent, ...children) {
  parent.replaceChildren(...children.flat(Infinity).filter(Boolean));
  return parent;
}

/** Make `parent` hold exactly these children without touching those that stay: a node that moves starts its animations anew. */
export function arrange(parent, ...children) {
  const wanted = children.flat(Infinity).filter(Boolean);
  for (const child of [...parent.childNodes]) if (!wanted.includes(child)) child.remove();
  wanted.forEach((child, n) => { if (parent.childNodes[n] !== child) parent.insertBefore(child, parent.childNodes[n] ?? null); });
  return parent;
}

/** Let screen readers read on, politely: each text once, after what they are reading. */
export const read = (...texts) => document.getElementById("read").append(...texts.map((text) => h("p", {}, text)));

/** What was read is forgotten; nothing is said. */
export const hush = () => document.getElementById("read").replaceChildren();

/** Let screen readers say it, politely. */
export function say(text) {
  const region = document.getElementById("said");
  region.textContent = "";
  requestAnimationFrame(() => { region.textContent = text; });
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** A modal dialog that gives the focus back. `build` gets a function that closes it. */
export function dialog(title, build) {
  const back = document.activeElement;
  const box = h("dialog", { class: "dialog", "aria-label": title });
  const close = () => box.close();
  box.append(
    h("header", {}, h("h2", {}, title),
      h("button", { type: "button", class: "plain", "aria-label": "Close", onclick: close }, "✕")),
    build(close),
  );
  box.addEventListener("close", () => { box.remove(); back?.focus?.(); });
  document.body.append(box);
  box.showModal();
  return box;
}
