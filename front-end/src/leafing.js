// A document in its frame: leafed through by keys, and opened at the page of a note. No viewer tells which page somebody
// has scrolled to, so the page is the one that was asked for last.
import { say } from "./playing.js";

// The address of a document at a page (RFC 8118), with whatever else its fragment asks of the viewer.
export function atPage(address, page) {
  const [file, fragment = ""] = address.split("#");
  const others = fragment.split("&").filter((one) => one && !one.startsWith("page="));
  return `${file}#${[`page=${page}`, ...others].join("&")}`;
}

// Whether an exhibit is a document that this window has room for.
export function isDocument(exhibit) {
  const frame = exhibit?.querySelector("iframe");
  return Boolean(frame && frame.offsetParent);
}

export function openAt(desk, exhibit, page) {
  const frame = exhibit.querySelector("iframe");
  const turned = frame.cloneNode();
  turned.src = atPage(frame.getAttribute("src"), page);
  turned.loading = "eager";
  // Viewers look at the fragment once, when the document is opened.
  frame.replaceWith(turned);
  exhibit.dataset.page = page;
  say(desk, `At page ${page}.`);
}

// Leafs through the document that somebody is at; tells whether there is one.
export function leaf(desk, by) {
  const exhibit = desk.querySelector("[data-exhibit-current]");
  if (!isDocument(exhibit)) return false;
  openAt(desk, exhibit, Math.max(Number(exhibit.dataset.page ?? 1) + by, 1));
  return true;
}
