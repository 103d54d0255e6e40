// The token that Django asks for against forged requests stands in every form that posts.
export function csrfToken(near = document) {
  const own = near.closest?.("form")?.querySelector("[name=csrfmiddlewaretoken]");
  return (own ?? document.querySelector("[name=csrfmiddlewaretoken]"))?.value ?? "";
}

export function sendTokenWithHtmx() {
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = csrfToken(event.detail.elt);
  });
}
