import assert from "node:assert/strict";
import { test } from "node:test";
import { Sender } from "../src/sender.js";

// A server with one text and one revision, a device with one record, and a clock that only moves when asked.
function desk({ text = "", revision = 1 } = {}) {
  const world = { server: { text, revision }, device: null, said: [], timers: [], choices: [], network: "up", answerLost: false };
  const sender = new Sender({
    text,
    revision,
    keep: (record) => (world.device = record),
    forget: () => (world.device = null),
    say: (state) => world.said.push(state),
    choose: (texts) => world.choices.push(texts),
    later: (act, milliseconds) => world.timers.push({ act, milliseconds }) && world.timers.at(-1),
    never: (timer) => (world.timers = world.timers.filter((one) => one !== timer)),
    post: async (typed, base) => {
      if (world.network === "down") return { kind: "unreachable" };
      if (base !== world.server.revision) return { kind: "conflict", ...world.server };
      world.server = { text: typed, revision: base + 1 };
      return world.answerLost ? { kind: "unreachable" } : { kind: "saved", revision: base + 1, savedAt: "2027-03-04T21:14:00Z" };
    },
  });
  world.pass = async () => {
    const timer = world.timers.shift();
    assert.ok(timer, "nothing is waiting to be sent");
    await timer.act();
    await new Promise(setImmediate);
    return timer.milliseconds;
  };
  return { world, sender };
}

test("a keystroke is on the device before anything is sent", () => {
  const { world, sender } = desk();
  sender.changed("H");
  assert.deepEqual(world.device, { text: "H", base: 1, sent: null });
  assert.equal(world.server.text, "");
});

test("typing on sends once, with the last text, and takes the copy away", async () => {
  const { world, sender } = desk();
  for (const text of ["H", "He", "Hel"]) sender.changed(text);
  assert.equal(world.timers.length, 1);
  assert.equal(await world.pass(), 700);
  assert.deepEqual(world.server, { text: "Hel", revision: 2 });
  assert.equal(world.device, null);
  assert.equal(world.said.at(-1), "saved");
});

test("what is typed while a request is on its way is sent after it, on the new revision", async () => {
  const { world, sender } = desk();
  sender.changed("one");
  const going = world.timers.shift().act();
  sender.changed("one two");
  await going;
  await new Promise(setImmediate);
  assert.deepEqual(world.device, { text: "one two", base: 2, sent: null });
  while (world.timers.length) await world.pass();
  assert.deepEqual(world.server, { text: "one two", revision: 3 });
  assert.equal(world.device, null);
});

test("without a network it waits longer each time and sends when the network is back", async () => {
  const { world, sender } = desk();
  world.network = "down";
  sender.changed("kept");
  const waits = [];
  for (let turn = 0; turn < 4; turn += 1) waits.push(await world.pass());
  assert.equal(world.said.at(-1), "kept");
  assert.equal(world.device.text, "kept");
  assert.equal(waits[0], 700);
  assert.ok(waits[1] >= 1000 && waits[2] >= 2000 && waits[3] >= 4000, waits.join());
  world.network = "up";
  sender.flush();
  assert.equal(await world.pass(), 0);
  assert.equal(world.server.text, "kept");
});

test("an answer that was lost is no conflict", async () => {
  const { world, sender } = desk();
  world.answerLost = true;
  sender.changed("sent once");
  await world.pass();
  world.answerLost = false;
  await world.pass();
  assert.deepEqual(world.choices, []);
  assert.deepEqual(world.server, { text: "sent once", revision: 2 });
  assert.equal(world.said.at(-1), "saved");
});

test("an answer that was lost is no conflict even when typing went on", async () => {
  const { world, sender } = desk();
  world.answerLost = true;
  sender.changed("one");
  await world.pass();
  world.answerLost = false;
  sender.changed("one two");
  while (world.timers.length) await world.pass();
  assert.deepEqual(world.choices, []);
  assert.equal(world.server.text, "one two");
});

test("another device's text stands beside ours until somebody chooses", async () => {
  const { world, sender } = desk({ text: "begun" });
  sender.changed("begun here");
  world.server = { text: "begun there", revision: 5 };
  await world.pass();
  assert.deepEqual(world.choices, [{ mine: "begun here", theirs: "begun there" }]);
  assert.equal(world.server.text, "begun there");
  // Closing the page now asks again: the copy still stands on the revision it was typed on.
  assert.equal(world.device.base, 1);
  sender.changed("begun here, longer");
  sender.flush();
  assert.equal(world.timers.length, 0);
  sender.answer("begun here, longer");
  await world.pass();
  assert.deepEqual(world.server, { text: "begun here, longer", revision: 6 });
  assert.equal(world.device, null);
});

test("choosing the other text sends nothing", async () => {
  const { world, sender } = desk();
  sender.changed("mine");
  world.server = { text: "theirs", revision: 4 };
  await world.pass();
  sender.answer("theirs");
  assert.equal(world.timers.length, 0);
  assert.equal(world.device, null);
  assert.equal(sender.revision, 4);
});

test("a refused text is kept and not sent again until it changes", async () => {
  const { world, sender } = desk();
  sender.post = async () => ({ kind: "refused", error: "Too long." });
  sender.changed("long");
  await world.pass();
  assert.equal(world.timers.length, 0);
  assert.equal(world.device.text, "long");
  assert.equal(world.said.at(-1), "refused");
});

test("somebody signed out keeps the text and tries again", async () => {
  const { world, sender } = desk();
  sender.post = async () => ({ kind: "signed-out" });
  sender.changed("mine");
  await world.pass();
  assert.equal(world.said.at(-1), "signed-out");
  assert.equal(world.device.text, "mine");
  assert.equal(world.timers.length, 1);
});
