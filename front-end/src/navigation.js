// The menu of the phone, and small menus that close when one looks elsewhere.
export function watchMenu() {
  const button = document.querySelector("[data-menu]");
  const menu = button && document.getElementById(button.getAttribute("aria-controls"));
  if (menu) button.addEventListener("click", () => show(button, menu, button.getAttribute("aria-expanded") !== "true"));

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (menu && button.getAttribute("aria-expanded") === "true") {
      show(button, menu, false);
      button.focus();
    }
    closeMenus(null, true);
  });
  document.addEventListener("click", (event) => closeMenus(event.target, false));
  // Whoever goes on by keyboard must see where they are, and not what they left open above it.
  document.addEventListener("focusin", (event) => closeMenus(event.target, false));
}

function show(button, menu, open) {
  button.setAttribute("aria-expanded", String(open));
  menu.classList.toggle("is-open", open);
}

function closeMenus(target, focus) {
  for (const fold of document.querySelectorAll("details[data-dismiss][open]")) {
    if (target && fold.contains(target)) continue;
    fold.open = false;
    if (focus) fold.querySelector("summary").focus();
  }
}
