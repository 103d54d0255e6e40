// A module of the verifier page as tests can import it: bundled, with its contexts, as the page gets it.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import esbuild from "esbuild";
import { pinnedContexts } from "../contexts.mjs";

const here = dirname(fileURLToPath(import.meta.url));

export async function bundled(name) {
  const folder = await mkdtemp(join(tmpdir(), "longleaf-verifier-"));
  const outfile = join(folder, "module.mjs");
  await esbuild.build({
    entryPoints: [join(here, "../src/verifier", name)],
    outfile,
    bundle: true,
    format: "esm",
    platform: "browser",
    logLevel: "warning",
    plugins: [pinnedContexts],
  });
  const found = await import(pathToFileURL(outfile));
  await rm(folder, { recursive: true });
  return found;
}
