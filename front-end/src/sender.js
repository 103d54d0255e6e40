// Sends one field's text, one request at a time, until the server has the newest. Knows nothing of pages: what it needs
// comes in, so that its order of events is tested without a browser.
//
//   post(text, revision)  → {kind: "saved", revision, savedAt} · {kind: "conflict", revision, text}
//                           {kind: "refused", error} · {kind: "signed-out"} · {kind: "unreachable"}
//   keep({text, base, sent})   puts it on the device · forget()   takes it away
//   say(state, detail)    saving · saved · kept · refused · signed-out · conflict
//   choose({mine, theirs})  shows both; whoever chose calls answer(text)
import { pause } from "./reconcile.js";

export class Sender {
  #timer = null;
  #busy = false;
  #attempts = 0;
  #unanswered = new Set();
  #choice = null;

  constructor({ text, revision, post, keep, forget, say, choose, delay = 700, later = startTimer, never = stopTimer }) {
    Object.assign(this, { text, revision, saved: text, post, keep, forget, say, choose, delay, later, never });
  }

  get isDirty() {
    return this.text !== this.saved;
  }

  // Every keystroke comes here; it is on the device before anything else happens.
  changed(text) {
    this.text = text;
    this.#keep();
    if (this.#choice) return;
    this.say("saving");
    this.#sendIn(this.delay);
  }

  // The network is back, the page is looked at again, or somebody leaves the field: no reason to wait any longer.
  flush() {
    this.#attempts = 0;
    if (this.isDirty && !this.#choice) this.#sendIn(0);
  }

  // Two texts stand against each other. Until somebody chooses, nothing is sent, and the copy on the device keeps the
  // revision it was typed on, so that the choice comes again if the page is closed meanwhile.
  differ({ mine, theirs, revision }) {
    this.text = mine;
    this.#choice = { theirs, revision };
    this.#keep();
    this.say("conflict");
    this.choose({ mine, theirs });
  }

  // The answer to a choice: this text now stands on what the server holds.
  answer(text) {
    this.text = text;
    this.saved = this.#choice.theirs;
    this.revision = this.#choice.revision;
    this.#choice = null;
    if (!this.isDirty) return this.#settled();
    this.#keep();
    return this.#sendIn(0);
  }

  // A text that was sent while the page closed: whether it arrived will show later.
  sentBlindly() {
    this.#unanswered.add(this.text);
    this.keep({ text: this.text, base: this.revision, sent: this.text });
  }

  #sendIn(milliseconds) {
    this.never(this.#timer);
    this.#timer = this.later(() => this.#send(), milliseconds);
  }

  async #send() {
    if (this.#busy || !this.isDirty || this.#choice) return;
    this.#busy = true;
    const sent = this.text;
    this.#unanswered.add(sent);
    this.keep({ text: sent, base: this.revision, sent });
    this.say("saving");
    const answer = await this.post(sent, this.revision);
    this.#busy = false;
    this.#read(answer, sent);
  }

  #read(answer, sent) {
    if (answer.kind === "saved") return this.#saved(sent, answer);
    if (answer.kind === "conflict") return this.#conflict(answer);
    if (answer.kind === "refused") return this.#refused(answer, sent);
    this.say(answer.kind === "signed-out" ? "signed-out" : "kept");
    this.#attempts += 1;
    return this.#sendIn(pause(this.#attempts));
  }

  #saved(sent, { revision, savedAt }) {
    this.revision = revision;
    this.saved = sent;
    this.#attempts = 0;
    this.#unanswered.clear();
    if (this.isDirty) {
      this.#keep();
      return this.#sendIn(this.delay);
    }
    return this.#settled(savedAt);
  }

  // The server holds something newer. If it is a text of ours whose answer was lost, we simply go on from it.
  #conflict({ revision, text }) {
    const isOurs = text === this.text || this.#unanswered.has(text);
    if (!isOurs) return this.differ({ mine: this.text, theirs: text, revision });
    this.revision = revision;
    this.saved = text;
    if (!this.isDirty) return this.#settled();
    this.#keep();
    return this.#sendIn(0);
  }

  // Sending the same again would be refused again: wait until it changes.
  #refused({ error }, sent) {
    this.#unanswered.delete(sent);
    this.say("refused", error);
    if (this.text !== sent) this.#sendIn(this.delay);
  }

  #settled(savedAt) {
    this.#unanswered.clear();
    this.forget();
    this.say("saved", savedAt);
  }

  #keep() {
    this.keep({ text: this.text, base: this.revision, sent: [...this.#unanswered].pop() ?? null });
  }
}

// A browser's own timers refuse to be called as somebody's method.
function startTimer(act, milliseconds) {
  return setTimeout(act, milliseconds);
}

function stopTimer(timer) {
  clearTimeout(timer);
}
