// What the verifier page of an archive says of badges, asked line by line by tests/peers/test_archive_page.py:
//   {"material": "text", "documents": {address: document}, "home": "https://…", "now": "2026-…", "archived": "2026-…", "zone": "UTC"}  →  {"verdict": …, "steps": […]}
import { createInterface } from "node:readline";
import { bundled } from "./bundled.mjs";

const { verify } = await bundled("verifying.js");
const { archiveAt } = await bundled("archive.js");

for await (const line of createInterface({ input: process.stdin })) {
  const { material, documents, home, now, archived, zone } = JSON.parse(line);
  const get = async (url) => {
    const found = documents[String(url)];
    return { ok: Boolean(found), text: async () => JSON.stringify(found) };
  };
  const load = archiveAt({ home, root: `${home}/`, get });
  const { verdict, steps } = await verify(material, { now: new Date(now), load, archived: archived && new Date(archived), zone });
  process.stdout.write(`${JSON.stringify({ verdict, steps })}\n`);
}
