// What happens once when a page or a part of it arrives.
import { each } from "./finding.js";

export function takeFocus(part) {
  each(part, "[data-take-focus]", "Focus", (element) => element.focus());
}

// Facets are long: on a phone they start folded, unless something in them is chosen.
export function foldOnPhone(part) {
  if (!window.matchMedia("(max-width: 63.99em)").matches) return;
  for (const fold of part.querySelectorAll("details[data-fold-on-phone]")) {
    fold.open = Boolean(fold.querySelector(":checked"));
  }
}
