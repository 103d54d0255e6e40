// Moves on a desk of two panes by the keyboard: [ and ] change the pane, j and k go to the next and the previous stop, and
// a digit chooses among the radios of a stop.
// Single letters act only while the focus is on the desk, so that they never get in the way of speech input.
export function watchDesk() {
  const desk = document.querySelector("[data-desk]");
  if (!desk) return;
  const panes = [...desk.querySelectorAll("[data-desk-pane]")];
  desk.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const moves = { "[": () => enter(panes[0]), "]": () => enter(panes[1]), j: () => step(panes, 1), k: () => step(panes, -1) };
    const act = moves[event.key] ?? choice(event.key);
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function isTyping(target) {
  return target.matches?.("textarea, select, input:not([type=radio], [type=checkbox], [type=button], [type=submit])") || target.isContentEditable;
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
