// Notes at a moment of a recording or a page of a document: written in a dialog, listed beside the rubric, quoted into a comment.
import { isDocument, openAt } from "./leafing.js";
import { clock, goTo, playerOf, say } from "./playing.js";
import { csrfToken } from "./token.js";

export function watchNotes(desk) {
  desk.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-note-form], [data-note-away]") || event.defaultPrevented) return;
    event.preventDefault();
    send(desk, event.target);
  });
  desk.addEventListener("click", (event) => {
    const link = event.target.closest("[data-jump]");
    if (link && jump(desk, link)) event.preventDefault();
    const button = event.target.closest("[data-quote-it]");
    if (button) {
      button.closest("[data-note]").dataset.noteChosen = "yes";
      quote(desk, desk.querySelector("[data-desk-current] textarea[data-autosave]") ?? desk.querySelector("textarea[data-autosave]"));
    }
  });
  showQuoteButtons(desk);
}

// Opens the dialog at the current moment of the player; the recording waits while somebody writes.
export function noteHere(desk) {
  const form = desk.querySelector("[data-note-form]");
  if (!form || !form.elements.exhibit?.options?.length) return;
  const current = desk.querySelector("[data-exhibit-current]");
  const player = current && !current.querySelector("video, audio") ? null : playerOf(desk);
  const exhibit = player ? player.closest("[data-exhibit]") : current;
  const options = [...form.elements.exhibit.options];
  form.elements.exhibit.selectedIndex = Math.max(options.findIndex((one) => one.value === exhibit?.dataset.exhibit), 0);
  const page = isDocument(exhibit) ? exhibit.dataset.page : undefined;
  form.elements.place.value = player ? clock(player.currentTime) : page ? `p. ${page}` : "";
  form.dataset.wasPlaying = player && !player.paused ? "yes" : "";
  player?.pause();
  form.closest("dialog").showModal();
  // Which page of a document is looked at is known only where it was leafed to; else it is the first thing to write.
  (isDocument(exhibit) && !page ? form.elements.place : form.elements.text).focus();
}

// From one note to the next, and from the last to the first.
export function eachNote(desk) {
  const links = [...desk.querySelectorAll("[data-note] [data-jump]")];
  const here = links.findIndex((link) => link.closest("[data-note]").contains(document.activeElement));
  links[(here + 1) % links.length]?.focus();
}

// Puts the note that has the focus, was chosen, or was written last into a comment, with its place in brackets.
export function quote(desk, field) {
  const note = document.activeElement?.closest("[data-note]") ?? desk.querySelector("[data-note-chosen]") ?? desk.querySelector("[data-note-latest]");
  desk.querySelector("[data-note-chosen]")?.removeAttribute("data-note-chosen");
  if (!note || !field) return;
  field.value = joined(field.value, note.dataset.quote);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
  field.scrollIntoView({ block: "nearest" });
}

export function joined(text, quoted) {
  return text.trim() ? `${text.replace(/\s+$/, "")}\n${quoted}` : quoted;
}

function jump(desk, link) {
  const exhibit = desk.querySelector(`[data-exhibit="${CSS.escape(link.dataset.jump)}"]`);
  const player = exhibit?.querySelector("video, audio");
  if (player && link.dataset.second !== undefined) {
    goTo(player, Number(link.dataset.second));
    say(desk, `At ${clock(Number(link.dataset.second))}.`);
  } else if (isDocument(exhibit) && link.dataset.page !== undefined) openAt(desk, exhibit, Number(link.dataset.page));
  else return false;
  exhibit.scrollIntoView({ block: "nearest" });
  exhibit.dataset.exhibitCurrent = "yes";
  for (const other of desk.querySelectorAll("[data-exhibit-current]")) if (other !== exhibit) other.removeAttribute("data-exhibit-current");
  return true;
}

async function send(desk, form) {
  let answer;
  try {
    answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { "HX-Request": "true", "X-CSRFToken": csrfToken(form) },
      credentials: "same-origin",
      redirect: "manual",
    });
  } catch {
    return complain(desk, form, "The network does not answer. Your note is still here; try again.");
  }
  if (answer.ok) return arrived(desk, form, await answer.text());
  const told = await answer.json().catch(() => ({}));
  complain(desk, form, told.error ?? "The note could not be kept. It is still here; sign in again in another tab and try again.");
}

function arrived(desk, form, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-notes]");
  desk.querySelector("[data-notes]").replaceWith(fresh);
  showQuoteButtons(desk);
  if (form.matches("[data-note-away]")) {
    say(desk, "The note is gone.");
    (desk.querySelector("[data-note] [data-jump]") ?? fresh).focus();
    return;
  }
  say(desk, "The note is kept.");
  const exhibit = form.elements.exhibit.value;
  form.elements.text.value = "";
  complain(desk, form, "");
  form.closest("dialog").close();
  const stop = desk.querySelector(`[data-exhibit="${CSS.escape(exhibit)}"] [data-desk-stop]`);
  stop?.focus();
  if (form.dataset.wasPlaying) playerOf(desk)?.play();
}

function complain(desk, form, sentence) {
  const line = form.querySelector("[data-note-error]");
  if (line) line.textContent = sentence;
  else say(desk, sentence);
}

function showQuoteButtons(desk) {
  for (const button of desk.querySelectorAll("[data-quote-it]")) button.hidden = false;
}
