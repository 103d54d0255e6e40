// Copies an address and says so.
import { each } from "./finding.js";

export function watchCopying(part) {
  each(part, "[data-copy]", "Copy", (place) => {
    const button = place.querySelector("[data-copy-button]");
    if (!navigator.clipboard || !button) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const said = place.querySelector("[data-copy-done]");
      try {
        await navigator.clipboard.writeText(place.dataset.copy);
        said.textContent = "Copied.";
      } catch {
        said.textContent = "Select the address and copy it yourself; this browser did not allow it.";
      }
    });
  });
}
