/** Forms of a few fields that try something and say what went wrong. */

import { h, note } from "../dom.js";
import { ApiError } from "../transport.js";

/** @typedef {"email" | "password" | "newPassword" | "code"} FieldName */

/** @type {Record<FieldName, { label: string, attributes: import("../dom.js").Attributes }>} */
const FIELDS = {
  email: {
    label: "E-mail",
    attributes: { name: "email", type: "email", autocomplete: "email", maxlength: 254 },
  },
  password: {
    label: "Password",
    attributes: { name: "password", type: "password", autocomplete: "current-password", maxlength: 99 },
  },
  newPassword: {
    label: "New password",
    attributes: { name: "fresh", type: "password", autocomplete: "new-password", minlength: 12, maxlength: 99 },
  },
  code: {
    label: "The code from the letter",
    attributes: {
      name: "code",
      autocomplete: "one-time-code",
      inputmode: "numeric",
      maxlength: 64,
      pattern: "\\s*[!-~]+\\s*",
      title: "the code, without blanks in it",
    },
  },
};
const PASSWORD_RULES = "Twelve characters or more, with upper and lower case letters, a digit and a sign.";

/** Where a form says what went wrong. */
export const wrongLine = () => h("p", { class: "wrong", role: "alert" });

/**
 * @template {FieldName[]} Names
 * @param {object} described
 * @param {string} described.title
 * @param {string} described.button
 * @param {[...Names]} described.fields
 * @param {(...values: { [Index in keyof Names]: string }) => Promise<void>} described.submit gets the values of the
 *   fields in order; what it throws is shown
 * @param {string} [described.email] that is known already
 */
export function form({ title, button, fields, submit, email = "" }) {
  const wrong = wrongLine();
  const send = h("button", { class: "button bright" }, button);
  const inputs = fields.map((name) => {
    const value = name === "email" ? email : "";
    return h("input", { required: true, value, ...FIELDS[name].attributes });
  });
  const onsubmit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const values = /** @type {{ [Index in keyof Names]: string }} */ (inputs.map(valueIn));
    attempt(send, wrong, () => submit(...values));
  };
  return h(
    "form",
    { class: "form", "aria-label": title, onsubmit },
    fields.map((name, n) => h("label", {}, FIELDS[name].label, inputs[n])),
    fields.includes("newPassword") && note(PASSWORD_RULES),
    wrong,
    send,
  );
}

/** @param {HTMLInputElement} input */
const valueIn = ({ type, value }) => (type === "password" ? value : value.trim());

/**
 * Do what a button is for, once, and say in `wrong` why it could not be done.
 * @param {HTMLButtonElement} button
 * @param {HTMLElement} wrong
 * @param {() => Promise<void>} act
 */
export async function attempt(button, wrong, act) {
  button.disabled = true;
  wrong.textContent = "";
  try {
    await act();
  } catch (error) {
    wrong.textContent = reasonOf(error);
  } finally {
    button.disabled = false;
  }
}

/** @param {unknown} error */
function reasonOf(error) {
  if (!(error instanceof ApiError)) return "The line is dead. Try again in a moment.";
  return problemText(error);
}

/**
 * The API's own words, with what is wrong with each field where they do not say it yet.
 * @param {ApiError} error
 */
export function problemText({ problem }) {
  const details = (problem.errors ?? []).map(({ detail }) => String(detail));
  const more = details.filter((detail) => !problem.detail.includes(detail));
  return [problem.detail, ...more].filter(Boolean).join(" ");
}
