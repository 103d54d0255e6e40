// One file on its way by tus 1.0 (tus.io, core protocol with creation and termination). Knows nothing of pages.
//   request(address, options)  as fetch · token()  for X-CSRFToken
//   remember(address) / forget()  keep the place of an unfinished upload for the next time
//   say(state, detail)  going {sent, size} · paused · waiting · done · refused {error} · cancelled
import { pause } from "./reconcile.js";

// The server takes pieces of at most this size, so that a slow phone holds no worker for long.
export const PIECE = 1024 * 1024;
const VERSION = { "Tus-Resumable": "1.0.0" };

export class Refused extends Error {}

export class Upload {
  #attempts = 0;
  #stopped = false;
  #isRunning = false;

  constructor({ file, url, fields, address = "", request, token, remember, forget, say, wait = waitFor }) {
    Object.assign(this, { file, url, fields, address, request, token, remember, forget, say, wait });
    this.sent = 0;
  }

  // Goes on until the file is there, it is paused or cancelled, or the server refuses it.
  async run() {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#stopped = false;
    while (!this.#stopped) {
      try {
        await this.#place();
        await this.#pieces();
        if (this.sent >= this.file.size && !this.#stopped) return this.#finish();
      } catch (problem) {
        if (problem instanceof Refused) return this.#refuse(problem.message);
        if (this.#stopped) break;
        this.#attempts += 1;
        this.say("waiting");
        await this.wait(pause(this.#attempts));
      }
    }
    this.#isRunning = false;
  }

  pauseHere() {
    this.#stopped = true;
    this.say("paused");
  }

  async cancel() {
    this.#stopped = true;
    this.forget();
    this.say("cancelled");
    if (this.address) await this.#ask(this.address, { method: "DELETE" }).catch(() => null);
  }

  // Where to go on: a new place, or what the server already has of a place we know.
  async #place() {
    if (this.address) {
      const answer = await this.#ask(this.address, { method: "HEAD", cache: "no-store" });
      if (answer.ok) {
        this.sent = Number(answer.headers.get("Upload-Offset"));
        return;
      }
      if (answer.status !== 404 && answer.status !== 410) await this.#object(answer);
      this.address = "";
    }
    await this.#create();
  }

  async #create() {
    const answer = await this.#ask(this.url, {
      method: "POST",
      headers: { "Upload-Length": String(this.file.size), "Upload-Metadata": metadata({ filename: this.file.name, filetype: this.file.type, ...this.fields }) },
    });
    if (answer.status !== 201) await this.#object(answer);
    this.address = new URL(answer.headers.get("Location"), new URL(this.url, base())).href;
    this.sent = 0;
    this.remember(this.address);
  }

  async #pieces() {
    this.say("going", { sent: this.sent, size: this.file.size });
    while (this.sent < this.file.size && !this.#stopped) {
      const answer = await this.#ask(this.address, {
        method: "PATCH",
        headers: { "Upload-Offset": String(this.sent), "Content-Type": "application/offset+octet-stream" },
        body: this.file.slice(this.sent, this.sent + PIECE),
      });
      // Another offset than ours: ask where the server is, at the next turn of the loop in run().
      if (answer.status === 409) throw new Error("The server is at another place.");
      if (!answer.ok) await this.#object(answer);
      this.sent = Number(answer.headers.get("Upload-Offset"));
      this.#attempts = 0;
      if (!this.#stopped) this.say("going", { sent: this.sent, size: this.file.size });
    }
  }

  // 4xx is an answer for good, except those that time mends; everything else is worth another try.
  async #object(answer) {
    const mends = [408, 423, 425, 429].includes(answer.status);
    if (answer.status < 400 || answer.status >= 500 || mends) throw new Error(`Answer ${answer.status}.`);
    const body = await answer.json().catch(() => ({}));
    throw new Refused(body.error ?? "This file could not be taken.");
  }

  #ask(address, options) {
    return this.request(address, {
      credentials: "same-origin",
      ...options,
      headers: { ...VERSION, Accept: "application/json", "X-CSRFToken": this.token(), ...options.headers },
    });
  }

  #finish() {
    this.#isRunning = false;
    this.forget();
    this.say("done");
  }

  #refuse(error) {
    this.#isRunning = false;
    this.forget();
    this.say("refused", { error });
  }
}

// Each value of Upload-Metadata is the base64 of its UTF-8.
export function metadata(values) {
  return Object.entries(values)
    .filter(([, value]) => value !== "" && value !== undefined)
    .map(([name, value]) => `${name} ${btoa(String.fromCharCode(...new TextEncoder().encode(String(value))))}`)
    .join(",");
}

// The same file chosen again for the same place is known by this.
export function fingerprint(file, url, fields) {
  return ["longleaf:upload", url, JSON.stringify(fields), file.name, file.size, file.lastModified].join("|");
}

function base() {
  return typeof location === "undefined" ? "http://localhost" : location.href;
}

// Waits, but not longer than until the network returns.
function waitFor(milliseconds) {
  return new Promise((go) => {
    const timer = setTimeout(go, milliseconds);
    window.addEventListener("online", () => (clearTimeout(timer), go()), { once: true });
  });
}
