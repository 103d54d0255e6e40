import { each } from "./finding.js";

export function watchPrinting(part) {
  each(part, "[data-print]", "Print", (button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
  // Folds are opened for paper, and closed again as they were.
  if (part !== document) return;
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("main details:not([open])")];
    for (const fold of opened) fold.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
  });
}
