/** One request to the player API: an answer, a refusal (RFC 9457) or silence. */

let base = "";
export const reach = (apiUrl) => { base = apiUrl; };

/** The API said no, and why. `retryAfter` is in seconds. */
export class Refused extends Error {
  constructor(status, problem, headers) {
    super(problem.detail);
    this.status = status;
    this.problem = problem;
    this.kind = String(problem.type ?? "").split("/").pop();
    const after = Number(headers.get("retry-after"));
    this.retryAfter = Number.isFinite(after) && headers.get("retry-after") ? after : null;
  }
}

/** Nobody answered: the line is down, here or there. */
export class Silence extends Error {}

const PATIENCE = 15; // seconds beyond what the request asked to wait

/** Send and read. Throws Refused and Silence, nothing else. */
export async function send(method, path, { token, body, key, wait, headers = {} } = {}) {
  const sent = { accept: "application/json", ...headers };
  if (token) sent.authorization = `Bearer ${token}`;
  if (body !== undefined) sent["content-type"] = "application/json";
  if (key) sent["idempotency-key"] = key;
  if (wait) sent.prefer = `wait=${wait}`;
  let answer;
  let text;
  try {
    answer = await fetch(base + path, {
      method,
      headers: sent,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "omit",
      cache: "no-store",
      signal: AbortSignal.timeout(((wait ?? 0) + PATIENCE) * 1000),
    });
    text = await answer.text();
  } catch (error) {
    throw new Silence(String(error));
  }
  const parsed = parse(text);
  if (answer.ok) return { status: answer.status, body: parsed, headers: answer.headers };
  const unknown = { type: "about:blank", title: answer.statusText || "Error", detail: `The API answered ${answer.status}.` };
  throw new Refused(answer.status, parsed?.type ? parsed : { ...unknown, status: answer.status }, answer.headers);
}

function parse(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}
