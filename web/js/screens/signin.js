/** Who are you: go on as a guest, sign in, turn a guest into an account, come back without a password, and leave. */

import { button, dialog, focusOn, h, note, show } from "../dom.js";
import { attempt, form, wrongLine } from "../parts/form.js";
import {
  confirmEmail,
  createAccount,
  playAsGuest,
  requestPasswordReset,
  resendCode,
  resetPassword,
  signIn,
} from "../session.js";

/** @typedef {() => void} Action */

const NO_BADGE = "“Badge?” he says. You can play without one; a badge lets you come back from anywhere.";
const PLAYING_AS_GUEST =
  "You play as a guest: your cats live in this browser, and for thirty days. With a badge they are yours everywhere " +
  "and stay; everything else stays as it is.";
const LETTER_SENT =
  "They are yours now. A letter with a code is on its way to you: enter it, and a lost password can be replaced one " +
  "day.";
const CATS_WOULD_BE_LOST =
  "You play as a guest: nobody but this browser knows which cats are yours. Sign out, and nobody will. There is no " +
  "way back to them, not even for us.";

/**
 * A button that may fail, and says so in `wrong`.
 * @param {string} className
 * @param {string} words
 * @param {HTMLElement} wrong
 * @param {() => Promise<void>} act
 * @param {import("../dom.js").Attributes} [attributes]
 */
function attemptButton(className, words, wrong, act, attributes = {}) {
  const made = button(className, () => attempt(made, wrong, act), attributes, words);
  return made;
}

/** Signing in, and the way round a lost password, in one place. */
class SignInPanel {
  /** @param {Action} enter is called when somebody is in */
  constructor(enter) {
    this.enter = enter;
    this.element = h("div", { class: "door" });
    this.#showSignIn("");
  }

  /** @param {string} known the e-mail, as far as it is known */
  #showSignIn(known) {
    const signInForm = form({
      title: "Sign in",
      button: "Sign in",
      fields: ["email", "password"],
      email: known,
      submit: async (email, password) => {
        await signIn(email, password);
        this.enter();
      },
    });
    const lost = () => this.#turnTo(this.#lostPassword(this.#email));
    show(this.element, signInForm, button("button quiet", lost, {}, "I lost my password"));
  }

  get #email() {
    const input = this.element.querySelector("[name=email]");
    return input instanceof HTMLInputElement ? input.value : "";
  }

  /** @param {string} known */
  #lostPassword(known) {
    const resetForm = form({
      title: "A lost password",
      button: "Send the letter",
      fields: ["email"],
      email: known,
      submit: async (email) => {
        await requestPasswordReset(email);
        this.#turnTo(this.#newPassword(email));
      },
    });
    return [
      h("h3", {}, "A lost password"),
      note("If that address is known and was confirmed, a letter with a code goes there."),
      resetForm,
      this.#backButton(known),
    ];
  }

  /** @param {string} email */
  #newPassword(email) {
    const newPasswordForm = form({
      title: "A new password",
      button: "Change it and sign in",
      fields: ["code", "newPassword"],
      submit: async (code, password) => {
        await resetPassword(email, code, password);
        await signIn(email, password);
        this.enter();
      },
    });
    return [
      h("h3", {}, "A new password"),
      note("Look for the letter, and give it a minute. The code works once."),
      newPasswordForm,
      this.#backButton(email),
    ];
  }

  /** @param {string} email */
  #backButton(email) {
    const back = () => {
      this.#showSignIn(email);
      focusOn(this.element, "input");
    };
    return button("button quiet", back, {}, "Back to signing in");
  }

  /** @param {HTMLElement[]} parts */
  #turnTo(parts) {
    show(this.element, parts);
    focusOn(this.element, "input");
  }
}

/**
 * Resolves when somebody is signed in. Closing it without that leaves everything as it is and rejects.
 * @param {string} [why]
 * @returns {Promise<void>}
 */
export const askToSignIn = (why = NO_BADGE) =>
  new Promise((resolve, reject) => {
    const box = dialog("The doorman looks up", (close) => {
      const enter = () => {
        resolve();
        close();
      };
      const wrong = wrongLine();
      const asGuest = async () => {
        await playAsGuest();
        enter();
      };
      return h(
        "div",
        { class: "door" },
        h("p", {}, why),
        attemptButton("button bright", "Play as a guest", wrong, asGuest, { autofocus: true }),
        wrong,
        h("hr"),
        h("h3", {}, "I have been here before"),
        new SignInPanel(enter).element,
      );
    });
    box.addEventListener("close", () => reject(new Error("nobody came in")));
  });

/** @param {Action} done */
export const signInDialog = (done) =>
  dialog("Sign in", (close) => {
    const enter = () => {
      close();
      done();
    };
    return new SignInPanel(enter).element;
  });

/**
 * For a guest: an e-mail and a password, so that the cats are found again from any device.
 * @param {Action} done
 */
export const createAccountDialog = (done) =>
  dialog("Keep your cats", (close) => {
    const place = h("div", { class: "door" });
    const accountForm = form({
      title: "Make an account",
      button: "Keep them",
      fields: ["email", "newPassword"],
      submit: async (email, password) => {
        await createAccount(email, password);
        done();
        show(place, h("p", {}, LETTER_SENT), confirmation(close));
        focusOn(place, "input");
      },
    });
    return show(place, h("p", {}, PLAYING_AS_GUEST), accountForm);
  });

/** @param {Action} done */
export const confirmEmailDialog = (done) =>
  dialog("Confirm your e-mail", (close) => {
    const leave = () => {
      close();
      done();
    };
    return h("div", { class: "door" }, confirmation(leave));
  });

/**
 * The account works at once; a confirmed address is what finds it again when the password is lost.
 * @param {Action} leave
 */
function confirmation(leave) {
  const status = h("p", { class: "note", role: "status" });
  const wrong = wrongLine();
  const codeForm = form({
    title: "Confirm the e-mail",
    button: "Confirm",
    fields: ["code"],
    submit: async (code) => {
      await confirmEmail(code);
      leave();
    },
  });
  const resend = async () => {
    await resendCode();
    status.textContent = "Another letter is on its way.";
  };
  const choices = h(
    "p",
    { class: "choices" },
    button("button quiet", leave, {}, "Later"),
    attemptButton("button quiet", "Send another letter", wrong, resend),
  );
  return [codeForm, status, wrong, choices];
}

/**
 * A guest who leaves can never come back as this guest: said before, not after.
 * @param {Action} keep
 * @param {Action} leave
 */
export const guestSignOutDialog = (keep, leave) =>
  dialog("Your cats would be lost", (close) => {
    const after = (/** @type {Action} */ act) => () => {
      close();
      act();
    };
    return h(
      "div",
      { class: "door" },
      h("p", {}, CATS_WOULD_BE_LOST),
      h(
        "p",
        { class: "choices" },
        button("button bright", after(keep), { autofocus: true }, "Keep my cats: make an account"),
        button("button quiet", after(leave), {}, "Sign out and lose them"),
      ),
    );
  });
