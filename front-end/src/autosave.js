// Every keystroke survives. A field with data-autosave is kept on this device at once and sent to its address soon after;
// what could not be sent is sent when the network returns, or when the page is opened again.
// The contract with the server stands in docs/reference/components.md.
import { each } from "./finding.js";
import { reconcile } from "./reconcile.js";
import { Sender } from "./sender.js";
import { csrfToken } from "./token.js";

const PREFIX = "longleaf:kept:";
// A browser lets a closing page send this much and no more.
const MOST_WHILE_CLOSING = 60_000;
const SENTENCES = {
  saving: () => "Saving …",
  saved: (savedAt) => (savedAt ? `Saved at ${clock(savedAt)}` : "Saved"),
  kept: () => "Kept on this device; it will be sent when you are back online.",
  refused: (error) => `${error || "This could not be saved as it is."} What you typed is kept on this device.`,
  "signed-out": () => "You are signed out. What you typed is kept on this device; sign in again in another tab and it will be saved.",
  conflict: () => "This was changed somewhere else while you were writing. Choose below which text to keep.",
};
const alive = new Map();

export function watchAutosave(part) {
  each(part, "[data-autosave]", "Autosave", (field) => alive.set(field, new Kept(field)));
}

class Kept {
  constructor(field) {
    this.field = field;
    this.key = PREFIX + field.dataset.autosaveKey;
    this.line = document.querySelector(`[data-saving-for="${CSS.escape(field.id)}"]`);
    const server = { text: read(field), revision: Number(field.dataset.revision) };
    this.sender = new Sender({
      ...server,
      post: (text, revision) => post(field, text, revision).then((answer) => noteRevision(field, answer)),
      keep: (record) => this.keep(record),
      forget: () => localStorage.removeItem(this.key),
      say: (state, detail) => this.say(state, detail),
      choose: (texts) => this.choose(texts),
    });
    this.restore(server);
    field.addEventListener(isGroup(field) ? "change" : "input", () => this.sender.changed(read(field)));
    field.addEventListener("focusout", () => this.sender.flush());
    field.closest("form")?.addEventListener("submit", () => (this.isSubmitted = true));
  }

  restore(server) {
    const found = reconcile(this.kept(), server);
    if (found.act === "forget") localStorage.removeItem(this.key);
    if (found.act === "send") {
      write(this.field, found.text);
      this.sender.changed(found.text);
      this.sender.flush();
    }
    if (found.act === "choose") {
      write(this.field, found.mine);
      this.sender.differ(found);
    }
  }

  kept() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null;
    }
  }

  keep(record) {
    try {
      localStorage.setItem(this.key, JSON.stringify({ ...record, time: new Date().toISOString() }));
      this.isKept = true;
    } catch {
      // A full or forbidden store: leaving with something unsent is asked about instead (see beforeunload below).
      this.isKept = false;
    }
  }

  say(state, detail) {
    // What is drawn beside the field can be drawn anew.
    if (state === "saved") this.field.dispatchEvent(new CustomEvent("longleaf:saved", { bubbles: true }));
    if (!this.line) return;
    const sentence = SENTENCES[state](detail);
    this.line.dataset.saving = state;
    if (this.line.textContent !== sentence) this.line.textContent = sentence;
  }

  choose({ mine, theirs }) {
    this.panel?.remove();
    const decide = (text) => {
      this.panel.remove();
      this.panel = null;
      write(this.field, text);
      this.sender.answer(text);
      (isGroup(this.field) ? this.field.querySelector("input:checked") : this.field)?.focus();
    };
    const choices = [
      ["Keep mine", () => decide(this.sender.text)],
      ["Use the other", () => decide(theirs)],
    ];
    if (!isGroup(this.field)) choices.push(["Put both together", () => decide(`${this.sender.text}\n\n${theirs}`)]);
    this.panel = panelWith({ mine: asShown(this.field, mine), theirs: asShown(this.field, theirs), choices });
    (this.line ?? this.field).after(this.panel);
  }

  // A closing page may still send a little without waiting for the answer.
  farewell() {
    if (!this.sender.isDirty || this.isSubmitted || this.panel || this.sender.text.length > MOST_WHILE_CLOSING) return;
    if (navigator.sendBeacon(this.field.dataset.autosaveUrl, bodyOf(this.field, this.sender.text, this.sender.revision))) {
      this.sender.sentBlindly();
    }
  }
}

const everyKept = (act) => [...alive].forEach(([field, kept]) => (field.isConnected ? act(kept) : alive.delete(field)));

if (typeof window !== "undefined") {
  window.addEventListener("online", () => everyKept((kept) => kept.sender.flush()));
  window.addEventListener("pageshow", () => everyKept((kept) => kept.sender.flush()));
  window.addEventListener("pagehide", () => everyKept((kept) => kept.farewell()));
  document.addEventListener("visibilitychange", () => everyKept((kept) => kept.sender.flush()));
  window.addEventListener("beforeunload", (event) => {
    everyKept((kept) => {
      if (kept.sender.isDirty && kept.isKept === false && !kept.isSubmitted) event.preventDefault();
    });
  });
}

async function post(field, text, revision) {
  let response;
  try {
    response = await fetch(field.dataset.autosaveUrl, {
      method: "POST",
      body: bodyOf(field, text, revision),
      headers: { Accept: "application/json", "X-CSRFToken": csrfToken(field) },
      credentials: "same-origin",
      redirect: "manual",
      keepalive: text.length < MOST_WHILE_CLOSING,
    });
  } catch {
    return { kind: "unreachable" };
  }
  return understand(response);
}

export async function understand(response) {
  if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) return { kind: "signed-out" };
  let body = {};
  try {
    body = await response.json();
  } catch {
    return { kind: "unreachable" };
  }
  if (response.ok) return { kind: "saved", revision: body.revision, savedAt: body.saved_at };
  if (response.status === 409 && typeof body.text === "string") return { kind: "conflict", revision: body.revision, text: asTyped(body.text) };
  if (response.status >= 400 && response.status < 500 && response.status !== 408 && response.status !== 429) {
    return { kind: "refused", error: body.error };
  }
  return { kind: "unreachable" };
}

// A form sent without scripts has two characters for each line break; a textarea knows one.
function asTyped(text) {
  return text.replace(/\r\n?/g, "\n");
}

// A form that is sent whole says on which save each field stands: a hidden input with data-revision-of="<id of the field>".
function noteRevision(field, answer) {
  const note = document.querySelector(`[data-revision-of="${CSS.escape(field.id)}"]`);
  if (note && answer.kind === "saved") note.value = answer.revision;
  return answer;
}

function bodyOf(field, text, revision) {
  // Not FormData, which turns every line break into two characters: what comes back would no longer be what was sent.
  return new URLSearchParams({ text, revision: String(revision), csrfmiddlewaretoken: csrfToken(field) });
}

function isGroup(field) {
  return field.matches("fieldset");
}

function read(field) {
  if (isGroup(field)) return field.querySelector("input:checked")?.value ?? "";
  return field.value;
}

function write(field, text) {
  if (!isGroup(field)) {
    field.value = text;
    // Whoever counts words hears of it; the sender already knows, and the same text changes nothing.
    field.dispatchEvent(new Event("input", { bubbles: true }));
    return;
  }
  for (const input of field.querySelectorAll("input")) input.checked = input.value === text;
}

function asShown(field, text) {
  if (!isGroup(field)) return text;
  const input = [...field.querySelectorAll("input")].find((one) => one.value === text);
  return input?.labels?.[0]?.firstChild?.textContent ?? "Nothing chosen";
}

function clock(iso) {
  const moment = new Date(iso);
  return moment.toLocaleTimeString("en-US", { hour: "numeric", minute: "2-digit" }).replace(/\s?([AP])M$/, (_, half) => ` ${half.toLowerCase()}m`);
}

function panelWith({ mine, theirs, choices }) {
  const panel = element("div", { className: "ll-both", role: "group" });
  panel.setAttribute("aria-label", "Two versions of this text");
  const texts = element("div", { className: "ll-both__texts" });
  texts.append(column("On this device", mine), column("Saved from somewhere else", theirs));
  const row = element("div", { className: "ll-button-row" });
  for (const [word, act] of choices) {
    const button = element("button", { type: "button", className: "usa-button usa-button--outline", textContent: word });
    button.addEventListener("click", act);
    row.append(button);
  }
  panel.append(texts, row);
  return panel;
}

function column(title, text) {
  const box = element("section", {});
  box.append(element("p", { textContent: title }), element("div", { textContent: text || "Nothing yet.", tabIndex: 0 }));
  return box;
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
