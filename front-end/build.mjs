// Compiles styles and scripts. Called by build.py, which decides whether there is anything to do.
//   node build.mjs OUTPUT
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";
import * as sass from "sass";
import { pinnedContexts } from "./contexts.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const output = process.argv[2];
const uswds = join(here, "node_modules/@uswds/uswds");
const sourceSerif = join(here, "node_modules/@fontsource/source-serif-4/files");
const drawings = join(here, "../src/longleaf/kit/static/kit");

const PUBLIC_SANS = ["Regular", "Italic", "SemiBold", "Bold"];
const SOURCE_SERIF = { "400-normal": "400", "400-italic": "400-italic", "600-normal": "600" };

// Colours of the USWDS theme (styles/_uswds.scss) that stand for a name of ours, so that a state's stylesheet reaches them too.
const NAMES = {
  "#1f4d3a": "--ll-pine",
  "#173c2d": "--ll-pine-deep",
  "#0f2a20": "--ll-pine-night",
  "#1a5a43": "--ll-pine-link",
  "#a8c4b4": "--ll-pine-soft",
  "#e6efe9": "--ll-pine-mist",
  "#4b9cd3": "--ll-sky",
  "#0f6ba3": "--ll-sky-deep",
  "#9ccbed": "--ll-sky-soft",
  "#1b1f1d": "--ll-ink",
  "#57534a": "--ll-stone",
  "#6f6a5f": "--ll-grey",
};

await mkdir(join(output, "img"), { recursive: true });
await mkdir(join(output, "fonts"), { recursive: true });
await Promise.all([scripts(), verifier(), fonts()]);
await styles();

async function styles() {
  const compiled = sass.compile(join(here, "styles/longleaf.scss"), {
    loadPaths: [join(uswds, "packages")],
    style: "compressed",
    quietDeps: true,
    logger: sass.Logger.silent,
  });
  const css = withoutSecondWord(withNames(compiled.css));
  await images(css);
  await writeFile(join(output, "longleaf.css"), css);
}

// A value that defines a name stays a value; everywhere else the name takes its place.
function withNames(css) {
  return css.replace(/(--ll-[\w-]+:\s*)?(#[0-9a-f]{6})\b/gi, (whole, definition, colour) => {
    const name = NAMES[colour.toLowerCase()];
    return definition || !name ? whole : `var(${name})`;
  });
}

// USWDS writes a comment with its version that `compressed` keeps.
function withoutSecondWord(css) {
  return css.replace(/\/\*![\s\S]*?\*\//g, "");
}

async function images(css) {
  const wanted = new Set([...css.matchAll(/url\(["']?(img\/[^"')]+)["']?\)/g)].map((match) => match[1]));
  for (const path of wanted) {
    const own = path === "img/horizon.svg";
    await mkdir(join(output, dirname(path)), { recursive: true });
    await copyFile(own ? join(drawings, basename(path)) : join(uswds, "dist", path), join(output, path));
  }
}

async function fonts() {
  const copies = PUBLIC_SANS.map((weight) =>
    copyFile(
      join(uswds, `dist/fonts/public-sans/PublicSans-${weight}.woff2`),
      join(output, `fonts/PublicSans-${weight}.woff2`),
    ),
  );
  for (const [source, name] of Object.entries(SOURCE_SERIF)) {
    copies.push(
      copyFile(join(sourceSerif, `source-serif-4-latin-${source}.woff2`), join(output, `fonts/source-serif-${name}.woff2`)),
    );
  }
  await Promise.all(copies);
  // The licence of a font goes where the font goes.
  await writeFile(
    join(output, "fonts/LICENCES.txt"),
    `Public Sans is licensed under the SIL Open Font License 1.1.\n\nSource Serif 4:\n\n${await readFile(join(sourceSerif, "../LICENSE"), "utf8")}`,
  );
}

// The page that verifies badges in an archive: one plain script, so that no file server can serve it wrongly.
async function verifier() {
  await esbuild.build({
    entryPoints: { verifier: join(here, "src/verifier/main.js") },
    outdir: output,
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    // The licences of what is bundled stand at the end of the script, for they go where it goes.
    legalComments: "eof",
    logLevel: "warning",
    plugins: [pinnedContexts],
  });
}

async function scripts() {
  await esbuild.build({
    entryPoints: { longleaf: join(here, "src/main.js"), early: join(here, "src/early.js") },
    outdir: output,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2021",
    legalComments: "none",
    logLevel: "warning",
  });
}
