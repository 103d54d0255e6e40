import assert from "node:assert/strict";
import { test } from "node:test";
import { pause, reconcile } from "../src/reconcile.js";

const server = { text: "as saved", revision: 7 };

test("with nothing kept there is nothing to do", () => {
  assert.deepEqual(reconcile(null, server), { act: "nothing" });
});

test("a copy that the server already has is let go", () => {
  assert.deepEqual(reconcile({ text: "as saved", base: 3, sent: null }, server), { act: "forget" });
});

test("a newer copy on the same revision is restored and sent", () => {
  assert.deepEqual(reconcile({ text: "as saved, and more", base: 7, sent: null }, server), { act: "send", text: "as saved, and more", revision: 7 });
});

test("a copy whose last sending arrived unheard goes on from there", () => {
  assert.deepEqual(reconcile({ text: "as saved, and more", base: 6, sent: "as saved" }, server), { act: "send", text: "as saved, and more", revision: 7 });
});

test("a copy on an older revision is for choosing, and neither is lost", () => {
  assert.deepEqual(reconcile({ text: "typed on a train", base: 5, sent: "typed" }, server), { act: "choose", mine: "typed on a train", theirs: "as saved", revision: 7 });
});

test("a copy from a server that has been set back is for choosing too", () => {
  assert.equal(reconcile({ text: "from before", base: 9, sent: null }, server).act, "choose");
});

test("the wait doubles up to a minute and is never the same for all", () => {
  assert.deepEqual([1, 2, 3, 7, 20].map((turn) => pause(turn, () => 0)), [1000, 2000, 4000, 60000, 60000]);
  assert.equal(pause(1, () => 1), 1200);
});
