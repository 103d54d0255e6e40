import assert from "node:assert/strict";
import { test } from "node:test";
import { fingerprint, metadata, PIECE, Upload } from "../src/tus.js";

// A tus server of one file, which can be told to fail.
function server({ offsetOf = {}, failures = [] } = {}) {
  const held = { offsets: { ...offsetOf }, asked: [], failures, created: 0 };
  const answer = (status, headers = {}, body = {}) => ({ status, ok: status >= 200 && status < 300, headers: new Headers(headers), json: async () => body });
  held.request = async (address, { method, headers, body }) => {
    held.asked.push(`${method} ${address.replace("http://localhost", "")}`);
    const failure = held.failures.shift();
    if (failure === "network") throw new TypeError("Failed to fetch");
    if (failure) return answer(failure.status, {}, failure.body);
    if (method === "POST") {
      held.created += 1;
      held.metadata = headers["Upload-Metadata"];
      held.offsets[`http://localhost/up/${held.created}`] = 0;
      return answer(201, { Location: `/up/${held.created}` });
    }
    if (!(address in held.offsets)) return answer(404);
    if (method === "HEAD") return answer(200, { "Upload-Offset": String(held.offsets[address]) });
    if (method === "DELETE") return delete held.offsets[address], answer(204);
    if (Number(headers["Upload-Offset"]) !== held.offsets[address]) return answer(409);
    assert.ok(body.size <= PIECE);
    held.offsets[address] += body.size;
    return answer(204, { "Upload-Offset": String(held.offsets[address]) });
  };
  return held;
}

function uploadOf(size, held, more = {}) {
  const told = [];
  const file = new File([new Uint8Array(size)], "lesson.mp4", { type: "video/mp4", lastModified: 1 });
  const upload = new Upload({
    file, url: "/tus", fields: { part: "3" }, request: held.request, token: () => "t", remember: (address) => told.push(`remember ${address}`), forget: () => told.push("forget"),
    say: (state) => told.push(state), wait: async () => told.push("wait"), ...more,
  });
  return { upload, told };
}

test("a file goes up in pieces of at most one mebibyte", async () => {
  const held = server();
  const { upload, told } = uploadOf(PIECE * 2 + 5, held);
  await upload.run();
  assert.deepEqual(held.asked, ["POST /tus", "PATCH /up/1", "PATCH /up/1", "PATCH /up/1"]);
  assert.equal(held.offsets["http://localhost/up/1"], PIECE * 2 + 5);
  assert.deepEqual(told.slice(-2), ["forget", "done"]);
});

test("after a lost network it asks where the server is and goes on from there", async () => {
  const held = server({ failures: [null, null, "network"] });
  const { upload, told } = uploadOf(PIECE * 2, held);
  await upload.run();
  assert.deepEqual(held.asked, ["POST /tus", "PATCH /up/1", "PATCH /up/1", "HEAD /up/1", "PATCH /up/1"]);
  assert.ok(told.includes("waiting"));
  assert.equal(told.at(-1), "done");
});

test("a place known from before the page was closed is used again", async () => {
  const held = server({ offsetOf: { "http://localhost/up/9": PIECE } });
  const { upload } = uploadOf(PIECE * 2, held, { address: "http://localhost/up/9" });
  await upload.run();
  assert.deepEqual(held.asked, ["HEAD /up/9", "PATCH /up/9"]);
});

test("a place that the server has forgotten is made anew", async () => {
  const held = server();
  const { upload } = uploadOf(10, held, { address: "http://localhost/up/9" });
  await upload.run();
  assert.deepEqual(held.asked, ["HEAD /up/9", "POST /tus", "PATCH /up/1"]);
});

test("a file that the server refuses is not tried again", async () => {
  const held = server({ failures: [{ status: 415, body: { error: "Programs are not taken." } }] });
  let sentence = "";
  const { upload, told } = uploadOf(10, held, { say: (state, detail) => state === "refused" && (sentence = detail.error) });
  await upload.run();
  assert.equal(sentence, "Programs are not taken.");
  assert.deepEqual(held.asked, ["POST /tus"]);
  assert.ok(!told.includes("wait"));
});

test("a busy server is tried again", async () => {
  const held = server({ failures: [{ status: 503 }] });
  const { upload, told } = uploadOf(10, held);
  await upload.run();
  assert.equal(told.at(-1), "done");
});

test("pausing keeps the place and going on finishes it", async () => {
  const held = server();
  const { upload, told } = uploadOf(PIECE * 3, held, { say: (state, detail) => state === "going" && detail.sent === PIECE && upload.pauseHere() });
  await upload.run();
  assert.equal(held.offsets["http://localhost/up/1"], PIECE);
  upload.say = (state) => told.push(state);
  await upload.run();
  assert.equal(held.offsets["http://localhost/up/1"], PIECE * 3);
  assert.equal(told.at(-1), "done");
});

test("cancelling takes away what the server held", async () => {
  const held = server({ offsetOf: { "http://localhost/up/9": 5 } });
  const { upload } = uploadOf(10, held, { address: "http://localhost/up/9" });
  await upload.cancel();
  assert.deepEqual(held.offsets, {});
});

test("metadata is base64 of UTF-8, and empty values are left out", () => {
  assert.equal(metadata({ filename: "Übung.pdf", filetype: "", part: "3" }), "filename w5xidW5nLnBkZg==,part Mw==");
});

test("the same file for another place is another upload", () => {
  const file = new File(["x"], "a.txt", { lastModified: 1 });
  assert.notEqual(fingerprint(file, "/tus", { part: "1" }), fingerprint(file, "/tus", { part: "2" }));
});
