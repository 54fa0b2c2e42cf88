/** Troubles in the story's voice, each with a way on. */

const TOLD = {
  offline: ["The line is dead", "Somebody chewed through the cable between you and Nekopolis. What you said is safe; it goes out the moment the line is back."],
  busy: ["The switchboard is swamped", "The city asked you to hold. Nothing is lost; it is asked again in a moment."],
  "turn-in-progress": ["One paw at a time", "Another turn of yours is still being told. You are watching it now; your words wait in the box."],
  "turn-conflict": ["The story has moved on", "You acted in another window. The latest pages are here; your words wait in the box."],
  "campaign-over": ["The story has ended", "This cat's tale is complete. There are other cats."],
  "rate-limited": ["Even cats pause for breath", "You are quicker than the city allows. It listens again in {seconds} s; your words go out by themselves."],
  "signed-out": ["The doorman does not know you", "Your badge has run out. Show it again; your words wait in the box."],
  "invalid-body": ["The city did not catch that", "{detail}"],
  "too-large": ["That is a novel, not a move", "Say it in fewer words: two thousand characters are heard."],
  "chaos-disabled": ["Nobody bites this cable", "Breaking things on purpose is not allowed in this city. Nothing was broken; your words wait in the box."],
  "not-found": ["No such address", "There is no such story here, or it is somebody else's."],
};

/** { title, text } for a problem kind; the API's own words when it is none we know. */
export function trouble(kind, more = {}) {
  const [title, text] = TOLD[kind] ?? [more.title ?? "A glitch in the neon", more.detail ?? "Something went wrong. Trying again is safe."];
  return { kind, title, text: text.replace(/\{(\w+)\}/g, (_, name) => more[name] ?? "") };
}

export const STEPS = {
  accepted: "The city heard you",
  lore: "Lore is being fetched",
  master: "The game master thinks",
  rules: "The rules decide",
  resolved: "The story is written",
};

export const TELLING = "The game master tells on";

export const CAUSES = {
  failed: "The city flickers. For a moment there were two of you, and then none, and then just you, where you were. Nothing changed; you can act again.",
};

/** What is broken on purpose: [what the button says, what it will do]. */
export const SABOTAGE = {
  "drop-model": ["Drop the model", "Every call to the game master breaks off. Somebody else will have to tell the story."],
  "throttle-model": ["Throttle it", "The first two calls are turned away. The workflow waits, and asks again."],
  "kill-tool": ["Kill a tool", "The process that applies the rules dies in the middle of its work, once. No die may fall twice."],
  twice: ["Send twice", "Your next action goes out twice at once, with one key. It must be one turn."],
};

/** Why an attempt to ask the master came to nothing. */
export const ATTEMPTS = {
  ModelThrottled: "The master is asked by too many cats at once. Asking again …",
  ModelUnavailable: "The line to the master broke off. Asking again …",
  ModelRefused: "The master will not tell this. The understudy clears its throat …",
  other: "The master lost the thread. Asking again …",
};
