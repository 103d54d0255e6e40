import assert from "node:assert/strict";
import { test } from "node:test";
import { atPage } from "../src/leafing.js";

test("a document is opened at a page, whatever else was asked of its viewer", () => {
  assert.equal(atPage("/file/#navpanes=0&view=FitH", 4), "/file/#page=4&navpanes=0&view=FitH");
  assert.equal(atPage("/file/#page=4&navpanes=0", 5), "/file/#page=5&navpanes=0");
  assert.equal(atPage("/file/", 1), "/file/#page=1");
});
