// Forms that ask first, and forms that go only once however often they are clicked.
export function confirmBeforeSending() {
  document.addEventListener("submit", (event) => {
    const sentence = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
    if (sentence && !window.confirm(sentence)) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const waiting = event.target.closest?.("[aria-disabled=true]");
    if (waiting) event.preventDefault();
  });
}

export function sendOnce() {
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || !event.target.matches("form[data-once]")) return;
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "yes";
  });
  // Coming back by the browser's history, the form is to be used again.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
}
