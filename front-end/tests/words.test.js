import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { nextPlace } from "../src/desk.js";
import { countWords, wordsSentence, wordsState } from "../src/words.js";

// The same list is read by the server's test, so that both count alike.
const counted = JSON.parse(readFileSync(new URL("words.json", import.meta.url)));

for (const [text, count] of counted) {
  test(`it counts ${count} in ${JSON.stringify(text)}`, () => assert.equal(countWords(text), count));
}

test("the counter says over, under, within and empty", () => {
  assert.deepEqual([wordsState(0, 5, 10), wordsState(4, 5, 10), wordsState(5, 5, 10), wordsState(11, 5, 10), wordsState(99, 0, 0)], ["empty", "under", "within", "over", "within"]);
});

test("numbers carry their unit", () => {
  assert.deepEqual([wordsSentence(1), wordsSentence(1234)], ["1 word", "1,234 words"]);
});

test("stops of the desk neither run out nor wrap around", () => {
  assert.deepEqual([nextPlace(-1, 1, 3), nextPlace(-1, -1, 3), nextPlace(2, 1, 3), nextPlace(0, -1, 3), nextPlace(1, 1, 3)], [0, 2, 2, 0, 2]);
});
