import assert from "node:assert/strict";
import { test } from "node:test";
import { pathBelow } from "../src/verifier/archive.js";
import { forPeople, moment } from "../src/verifier/dates.js";
import { refusal } from "../src/verifier/limits.js";
import { read, readObject } from "../src/verifier/reading.js";
import { verdictOf } from "../src/verifier/report.js";
import { credentialsIn } from "../src/verifier/svg.js";

const OPENING = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0">';
const drawing = (inside, opening = OPENING) => `${opening}<path d="M0 0" fill='none'/>${inside}</svg>`;
const baked = (text) => drawing(`<openbadges:credential><![CDATA[${text}]]></openbadges:credential>`);

test("a badge is found in a drawing, as data and as escaped text", () => {
  assert.deepEqual(credentialsIn(baked('{"a": "<&"}')), [{ text: '{"a": "<&"}', token: "" }]);
  const escaped = drawing("<openbadges:credential>{&quot;a&quot;: &#34;&#x3c;&amp;&#34;}</openbadges:credential>");
  assert.deepEqual(credentialsIn(`<?xml version="1.0"?>\n<!-- by hand -->${escaped}\n`), [{ text: '{"a": "<&"}', token: "" }]);
  assert.deepEqual(read(baked('{"a": 1}')), { a: 1 });
});

test("only the namespace makes an element a badge", () => {
  assert.equal(credentialsIn(drawing("<credential>{}</credential>")).length, 0);
  assert.equal(credentialsIn(drawing('<b:credential xmlns:b="https://purl.imsglobal.org/ob/v3p0" verify="a.b.c"/>'))[0].token, "a.b.c");
});

for (const [name, text] of Object.entries({
  "an unclosed drawing": OPENING,
  "tags that cross": drawing("<g><a></g></a>"),
  "a drawing of something else": "<html></html>",
  "definitions of its own": `<!DOCTYPE svg [<!ENTITY a "b">]>${drawing("")}`,
  "an entity that nobody defines": drawing("&a;"),
  "an entity too large": drawing("&#x110000;"),
  "drawing inside the badge": drawing("<openbadges:credential><g/></openbadges:credential>"),
  "text behind the drawing": `${drawing("")}more`,
  "endless depth": drawing("<g>".repeat(200) + "</g>".repeat(200)),
  "an attribute without quotes": drawing("<g a=b/>"),
})) {
  test(`it refuses ${name}`, () => assert.throws(() => credentialsIn(text), /not well-formed/));
}

test("a drawing with two badges, or with none, is refused", () => {
  const one = "<openbadges:credential>{}</openbadges:credential>";
  assert.throws(() => read(drawing(one + one)), /several badges/);
  assert.throws(() => read(drawing("")), /carries no badge/);
  assert.throws(() => read(drawing("<openbadges:credential/>")), /empty/);
});

test("a member that is said twice is refused, at any depth and however it is escaped", () => {
  assert.throws(() => readObject('{"a": 1, "a": 2}'), /twice/);
  assert.throws(() => readObject('{"b": [{"a": 1, "\\u0061": 2}]}'), /twice/);
  assert.deepEqual(readObject('{"a": {"a": "a: {"}, "b": ["a", {"a": 1}]}'), { a: { a: "a: {" }, b: ["a", { a: 1 }] });
});

test("what libraries write differently is refused", () => {
  for (const value of ["\u0001", "\u007f", "\uffff", "\ud800", 1e300, 1e-7, 2 ** 53, { ["__proto__"]: 1 }]) {
    assert.notEqual(refusal([value]), "", JSON.stringify(value));
  }
  assert.equal(refusal(["Zoë 🌲\n", -1.5, 2 ** 53 - 1, null, true]), "");
});

test("a moment needs a zone and a day that exists", () => {
  assert.equal(forPeople(moment("2026-05-03T16:05:00.5+02:00")), "May 3, 2026 at 2:05 PM UTC");
  for (const text of ["2026-05-03T14:05:00", "2026-05-03", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z", "soon", 5, null]) {
    assert.equal(moment(text), null, String(text));
  }
});

test("only addresses of the old host are looked for, and none leads out of the archive", () => {
  const home = "https://badges.example";
  assert.equal(pathBelow(home, "https://badges.example/status/1"), "status/1");
  assert.equal(pathBelow(home, "http://badges.example/../../status/1"), "status/1");
  assert.equal(pathBelow("http://localhost:8000", "https://localhost:8000/issuers/a/did.json"), "issuers/a/did.json");
  assert.equal(pathBelow("https://a.example/b", "https://a.example/b/status/1"), "status/1");
  for (const address of ["https://badges.example.evil/a", "https://evil/badges.example", "https://badges.example:1/a", "file:///a", "a", "https://badges.example/a%2fb"]) {
    assert.throws(() => pathBelow(home, address), /not part of this archive/, address);
  }
});

test("a verdict is valid only if every deciding step passed", () => {
  const passed = ["format", "proof", "issuer", "status", "validity"].map((step) => ({ step, outcome: "passed" }));
  assert.equal(verdictOf(passed), "valid");
  assert.equal(verdictOf(passed.slice(1)), "unknown");
  assert.equal(verdictOf([...passed.slice(1), { step: "format", outcome: "not_checked" }]), "unknown");
  assert.equal(verdictOf([...passed.slice(1), { step: "format", outcome: "failed" }]), "invalid");
  assert.equal(verdictOf([]), "unknown");
});
