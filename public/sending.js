// How the editor sends a form, and what becomes of it.
import { body } from "./fields.js";

/** How long an answer is waited for, in milliseconds. */
export const PATIENCE = 30_000;

export const parse = (text) => new DOMParser().parseFromString(text, "text/html");
export const isAway = ({ status }) => [429, 502, 503, 504].includes(status);

/** Sends a form; what came of it, and the page. */
export const send = async (form, first, words, keepalive = false) => {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), PATIENCE);
  try {
    const sent = body(form, first);
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body: sent, signal: late.signal, keepalive });
    if (isAway(answer)) return { outcome: "away", isUnsure: answer.status === 504 };
    const page = parse(await answer.text());
    const url = new URL(answer.url);
    if (url.pathname === words.logIn) return { outcome: "logged-out" };
    if (!page.getElementById("editor")) {
      if (answer.ok) return { outcome: "elsewhere", url };
      const reason = (page.querySelector("[data-testid=refused]") ?? page.querySelector("h1"))?.textContent.trim().replace(/\.$/, "") || String(answer.status);
      return { outcome: answer.status === 404 ? "gone" : "refused", reason: words.refused.replace("#", reason) };
    }
    if (answer.status === 409) return { outcome: "clash", page };
    if (!answer.ok) return { outcome: page.querySelector("[data-testid=asks]") ? "asks" : "wrong", page };
    return { outcome: answer.redirected ? "saved" : "shown", page, url };
  } catch {
    return { outcome: "away", isUnsure: true };
  } finally {
    clearTimeout(timer);
  }
};
