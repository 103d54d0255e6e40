// The place to add files: starts each chosen file at once, shows how far it is, and lets one pause, go on and cancel.
import { each } from "./finding.js";
import { csrfToken } from "./token.js";
import { fingerprint, Upload } from "./tus.js";

export function watchUploads(part) {
  each(part, "[data-upload]", "Upload", (place) => new Place(place));
}

class Place {
  constructor(place) {
    this.place = place;
    this.input = place.querySelector("input[type=file]");
    this.fields = JSON.parse(place.dataset.fields);
    this.input.addEventListener("change", () => {
      for (const file of this.input.files) this.begin(file);
      this.input.value = "";
    });
    this.showWhereAFileHovers(place.querySelector("[data-upload-place]"));
    window.addEventListener("beforeunload", (event) => {
      if (place.isConnected && place.querySelector("[data-going]")) event.preventDefault();
    });
  }

  // The input covers the whole place, so dropping a file on it is the browser's own doing; only the looks are ours.
  showWhereAFileHovers(area) {
    for (const kind of ["dragenter", "dragover"]) area.addEventListener(kind, () => area.classList.add("is-over"));
    for (const kind of ["dragleave", "drop"]) area.addEventListener(kind, () => area.classList.remove("is-over"));
  }

  begin(file) {
    const row = new Row(file);
    this.place.querySelector("[data-upload-going]").append(row.item);
    const most = Number(this.place.dataset.maxBytes);
    if (most && file.size > most) return this.told(row, "refused", { error: `This file is larger than ${size(most)}. Make it smaller or leave a link to it instead.` });
    if (!file.size) return this.told(row, "refused", { error: "This file is empty." });
    const key = fingerprint(file, this.place.dataset.tusUrl, this.fields);
    const upload = new Upload({
      file,
      url: this.place.dataset.tusUrl,
      fields: this.fields,
      address: remembered(key),
      request: (address, options) => fetch(address, options),
      token: () => csrfToken(this.input),
      remember: (address) => remember(key, address),
      forget: () => remember(key, null),
      say: (state, detail) => this.told(row, state, detail),
    });
    row.drive(upload);
    return upload.run();
  }

  told(row, state, detail) {
    row.show(state, detail);
    if (state !== "going") this.announce(row, state, detail);
    if (state === "done") this.refresh(row);
  }

  announce(row, state, detail) {
    const sentence = { done: "has arrived.", refused: `was not taken. ${detail?.error}`, paused: "is paused.", waiting: "waits for the network.", cancelled: "was cancelled." }[state];
    this.place.querySelector("[data-upload-said]").textContent = `${row.name} ${sentence}`;
  }

  async refresh(row) {
    const { listUrl, listId } = this.place.dataset;
    if (!listUrl) return;
    try {
      const answer = await fetch(listUrl, { headers: { "HX-Request": "true", Accept: "text/html" }, credentials: "same-origin" });
      if (!answer.ok) return;
      const list = document.getElementById(listId);
      list.innerHTML = await answer.text();
      list.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail: { elt: list } }));
      window.htmx?.process(list);
      row.item.remove();
    } catch {
      // The file has arrived; its row says so, and the list shows it when the page is opened again.
    }
  }
}

class Row {
  constructor(file) {
    this.name = file.name;
    this.item = element("li", { className: "ll-upload__one" });
    const line = element("p", { className: "ll-upload__line" });
    this.state = element("span", { className: "ll-upload__state", textContent: "Starting …" });
    line.append(element("strong", { textContent: file.name }), this.state);
    this.bar = element("progress", { max: file.size || 1, value: 0 });
    this.bar.setAttribute("aria-label", `How much of ${file.name} has arrived`);
    this.acts = element("p", { className: "ll-upload__acts" });
    this.item.append(line, this.bar, this.acts);
  }

  drive(upload) {
    this.item.dataset.going = "yes";
    this.pause = this.button("Pause", () => (this.isPaused ? upload.run() : upload.pauseHere()));
    this.button("Cancel", () => upload.cancel());
  }

  button(word, act) {
    const button = element("button", { type: "button", className: "usa-button usa-button--unstyled ll-button-quiet" });
    button.append(element("span", { textContent: word }), element("span", { className: "usa-sr-only", textContent: ` ${this.name}` }));
    button.addEventListener("click", act);
    this.acts.append(button);
    return button;
  }

  show(state, detail) {
    const show = {
      going: () => ((this.bar.value = detail.sent), `${size(detail.sent)} of ${size(detail.size)}`),
      paused: () => "Paused",
      waiting: () => "Waiting for the network; goes on by itself",
      done: () => "Arrived",
      refused: () => detail.error,
      cancelled: () => "Cancelled",
    };
    this.state.textContent = show[state]();
    this.state.classList.toggle("is-refused", state === "refused");
    this.isPaused = state === "paused";
    if (this.pause) this.pause.firstChild.textContent = this.isPaused ? "Go on" : "Pause";
    if (state === "cancelled") this.item.remove();
    if (["done", "refused"].includes(state)) {
      delete this.item.dataset.going;
      this.acts.remove();
      this.bar.remove();
    }
  }
}

function remembered(key) {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

function remember(key, address) {
  try {
    if (address) localStorage.setItem(key, address);
    else localStorage.removeItem(key);
  } catch {
    // Without a store an upload still resumes after a lost network, only not after the page was closed.
  }
}

function size(bytes) {
  for (const [step, name] of [[1e9, "GB"], [1e6, "MB"], [1e3, "KB"]]) {
    if (bytes >= step) return `${Math.round((bytes / step) * 10) / 10} ${name}`;
  }
  return `${bytes} bytes`;
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
