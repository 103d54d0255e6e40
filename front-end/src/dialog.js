// Dialogs stand open in the page where scripts do not run. Here they close, and open over the page when asked for.
import { each } from "./finding.js";

export function watchDialogs(part) {
  each(part, "[data-dialog]", "Dialog", (dialog) => {
    dialog.removeAttribute("open");
    for (const button of dialog.querySelectorAll("[data-dialog-close]")) {
      button.hidden = false;
      button.addEventListener("click", () => dialog.close());
    }
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog && outside(dialog, event)) dialog.close();
    });
    // A form inside that came back with an error opens its dialog again.
    if (dialog.querySelector(".usa-error-message")) dialog.showModal();
  });
  each(part, "[data-dialog-open]", "Opens", (button) => {
    const dialog = document.getElementById(button.dataset.dialogOpen);
    if (!dialog) return;
    button.hidden = false;
    button.setAttribute("aria-haspopup", "dialog");
    button.addEventListener("click", () => dialog.showModal());
  });
}

function outside(dialog, event) {
  const box = dialog.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}
