// Lets scripts `import contexts from "contexts"`: the pinned JSON-LD contexts, by their addresses.
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = join(dirname(fileURLToPath(import.meta.url)), "../src/longleaf/engines/openbadges/contexts");

export const pinnedContexts = {
  name: "pinned-contexts",
  setup(build) {
    build.onResolve({ filter: /^contexts$/ }, () => ({ path: "contexts", namespace: "pinned" }));
    build.onLoad({ filter: /.*/, namespace: "pinned" }, async () => ({ contents: await gathered(), loader: "json" }));
  },
};

async function gathered() {
  const pins = JSON.parse(await readFile(join(folder, "pinned.json"), "utf8"));
  const texts = Object.entries(pins).map(async ([url, { name }]) => [url, JSON.parse(await readFile(join(folder, name), "utf8"))]);
  return JSON.stringify(Object.fromEntries(await Promise.all(texts)));
}
