// The comment bank on a desk: a dialog lists the phrases for one criterion, and the chosen one goes into its comment
// where the cursor was. From the keyboard: arrows go from one to the next, Enter inserts.
import { say } from "./playing.js";
import { csrfToken } from "./token.js";

let field = null;

export function watchPhrases(desk) {
  const dialog = desk.querySelector("[data-phrases]")?.closest("dialog");
  if (!dialog) return;
  for (const button of dialog.querySelectorAll("[data-phrase-insert]")) button.hidden = false;
  // A text that nobody was in has its cursor at the start, where nobody wants a phrase.
  desk.addEventListener("focusin", (event) => {
    if (event.target.matches("textarea")) event.target.dataset.wasIn = "yes";
  });
  desk.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-phrases-open]");
    if (opener) openPhrases(desk, document.getElementById(opener.dataset.phrasesOpen));
    const chosen = event.target.closest("[data-phrase-insert]");
    if (chosen) insert(desk, dialog, chosen.closest("[data-phrase]"));
  });
  dialog.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const buttons = shown(dialog);
    const here = buttons.indexOf(document.activeElement);
    buttons[(here + by + buttons.length) % buttons.length]?.focus();
  });
  for (const opener of desk.querySelectorAll("[data-phrases-open]")) opener.hidden = false;
}

export function openPhrases(desk, into) {
  const dialog = desk.querySelector("[data-phrases]")?.closest("dialog");
  if (!dialog || !into) return;
  field = into;
  const criterion = into.name.replace("comment-", "");
  for (const one of dialog.querySelectorAll("[data-phrase]")) one.hidden = !["", criterion].includes(one.dataset.phraseFor);
  const buttons = shown(dialog);
  dialog.querySelector("[data-phrases-none]").hidden = buttons.length > 0;
  dialog.showModal();
  buttons[0]?.focus();
}

function shown(dialog) {
  return [...dialog.querySelectorAll("[data-phrase]:not([hidden]) [data-phrase-insert]")];
}

function insert(desk, dialog, phrase) {
  const end = field.value.length;
  const [from, to] = field.dataset.wasIn ? [field.selectionStart, field.selectionEnd] : [end, end];
  field.setRangeText(joint(field.value.slice(0, from)) + phrase.dataset.phrase, from, to, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  dialog.close();
  field.focus();
  field.scrollIntoView({ block: "nearest" });
  say(desk, "The phrase is in the comment.");
  // Only the order of the list hangs on it, so nobody is told when it is lost.
  const headers = { "X-CSRFToken": csrfToken(field) };
  fetch(phrase.dataset.phraseUsed, { method: "POST", headers, credentials: "same-origin", redirect: "manual" }).catch(() => {});
}

// What a phrase needs between itself and the words before it.
export function joint(before) {
  return before === "" || /\s$/.test(before) ? "" : " ";
}
