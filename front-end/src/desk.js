// A desk of two panes, from the keyboard alone. What each key does stands in KEYS and, for people, in the help sheet.
// Single characters act only while the focus is on the desk and not in a text, and can be turned off (WCAG 2.1.4), so
// that they never get in the way of typing, speech input or a screen reader.
import { leaf } from "./leafing.js";
import { eachNote, noteHere, quote, watchNotes } from "./noting.js";
import { openPhrases, watchPhrases } from "./phrases.js";
import { changeSpeed, playOrPause, skip, watchPlayers } from "./playing.js";

const SWITCH = "longleaf:desk-keys";
const SKIP = 5; // seconds: long enough to get on, short enough to hear a sentence again

export function watchDesk() {
  const desk = document.querySelector("[data-desk]");
  if (!desk) return;
  const panes = [...desk.querySelectorAll("[data-desk-pane]")];
  watchPlayers(desk);
  watchNotes(desk);
  watchPhrases(desk);
  rememberCriterion(desk);
  const switched = watchSwitch(desk);
  const keys = {
    "[": () => enter(panes[0]),
    "]": () => enter(panes[1]),
    j: () => step(panes, 1),
    k: () => step(panes, -1),
    c: () => comment(desk),
    p: () => playOrPause(desk),
    ",": () => leaf(desk, -1) || skip(desk, -SKIP),
    ".": () => leaf(desk, 1) || skip(desk, SKIP),
    "<": () => changeSpeed(desk, -1),
    ">": () => changeSpeed(desk, 1),
    m: () => noteHere(desk),
    n: () => eachNote(desk),
    q: () => quote(desk, commentField(desk)),
    l: () => tellLead(desk),
    b: () => openPhrases(desk, commentField(desk)),
  };
  desk.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("dialog")) return;
    if (event.key === "Escape") return leaveText(event);
    if (isTyping(event.target) || !switched()) return;
    const act = keys[event.key] ?? choice(event.key) ?? pressing(desk, event.key);
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function isTyping(target) {
  return target.matches?.("textarea, select, input:not([type=radio], [type=checkbox], [type=button], [type=submit])") || target.isContentEditable;
}

// The switch lies in the help sheet and is kept on this device: it belongs to how somebody uses it.
function watchSwitch(desk) {
  const box = desk.querySelector("[data-desk-keys]");
  const read = () => stored(() => localStorage.getItem(SWITCH)) !== "off";
  if (!box) return read;
  box.checked = read();
  box.addEventListener("change", () => stored(() => localStorage.setItem(SWITCH, box.checked ? "on" : "off")));
  return () => box.checked;
}

// A browser may forbid the store; the switch then holds for this page.
function stored(act) {
  try {
    return act();
  } catch {
    return null;
  }
}

// Out of a text and back to its stop, where the keys act again. What belongs to no stop leads back to the last one.
function leaveText(event) {
  if (!isTyping(event.target)) return;
  const stop = event.target.closest("[data-desk-stop]") ?? event.target.closest("[data-desk]").querySelector("[data-desk-current]");
  if (stop) focusOn(stop);
}

function enter(pane) {
  focusOn(pane.querySelector("[data-desk-stop]") ?? pane);
}

// 1 to 9 choose one of the radios of the stop that has the focus.
function choice(key) {
  if (!/^[1-9]$/.test(key)) return null;
  const radio = document.activeElement?.closest("[data-desk-stop]")?.querySelectorAll("input[type=radio]")[Number(key) - 1];
  return radio && !radio.disabled ? () => { radio.focus(); radio.click(); } : null;
}

// Whatever on the desk names a key of its own is pressed by it: handing in, the help sheet.
function pressing(desk, key) {
  const thing = [...desk.querySelectorAll("[data-desk-key]")].find((one) => one.dataset.deskKey === key);
  return thing ? () => { thing.focus(); thing.click(); } : null;
}

function rememberCriterion(desk) {
  desk.addEventListener("focusin", (event) => {
    const stop = event.target.closest?.("[data-desk-stop]");
    if (!stop?.querySelector("textarea[data-autosave]")) return;
    desk.querySelector("[data-desk-current]")?.removeAttribute("data-desk-current");
    stop.dataset.deskCurrent = "yes";
  });
}

function commentField(desk) {
  const field = "textarea[data-autosave]";
  return desk.querySelector(`[data-desk-current] ${field}`) ?? desk.querySelector(`[data-desk-stop] ${field}`);
}

function comment(desk) {
  const field = commentField(desk);
  field?.focus();
  field?.scrollIntoView({ block: "nearest" });
}

// The note to the lead on the criterion somebody is at; on the whole reading where they are at none.
function tellLead(desk) {
  const name = desk.querySelector("[data-desk-current] textarea[data-autosave]")?.name.replace("comment-", "to-lead-");
  const field = (name && desk.querySelector(`textarea[name="${CSS.escape(name)}"]`)) ?? desk.querySelector("[data-to-leads] textarea");
  if (!field) return;
  for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  field.focus();
  field.scrollIntoView({ block: "nearest" });
}

function step(panes, by) {
  const pane = panes.find((one) => one.contains(document.activeElement)) ?? panes[0];
  const stops = [...pane.querySelectorAll("[data-desk-stop]")];
  const here = stops.findIndex((stop) => stop.contains(document.activeElement));
  const next = stops[nextPlace(here, by, stops.length)];
  if (next) focusOn(next);
}

export function nextPlace(here, by, count) {
  if (here < 0) return by > 0 ? 0 : count - 1;
  return Math.min(Math.max(here + by, 0), count - 1);
}

function focusOn(stop) {
  const inner = stop.matches("[tabindex]") ? stop : (stop.querySelector("input:checked") ?? stop.querySelector("input, textarea, a, button") ?? stop);
  inner.focus({ preventScroll: true });
  stop.scrollIntoView({ block: "nearest" });
}
