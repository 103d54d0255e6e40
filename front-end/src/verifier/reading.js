// What was handed over → the credential in it: JSON, or a picture that carries it.
// Everything that comes in here is a stranger's. It is recognised by its content, never by its name.

import { MOST_JSON_CHARACTERS, MOST_MATERIAL_BYTES, refusal } from "./limits.js";
import { isPng, textOfPng, textOfSvg } from "./pictures.js";
import { Failed, NotCheckable } from "./problems.js";

const FRESH = "Ask the earner or the issuer for the badge file itself.";
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]*$/;

/** The credential in a file's bytes or in a text. Throws `Failed`, or `NotCheckable` for what is not read here. */
export function read(material) {
  const bytes = typeof material === "string" ? new TextEncoder().encode(material) : material;
  if (bytes.length > MOST_MATERIAL_BYTES) throw new Failed(`The file is larger than 10 MB. ${FRESH}`);
  if (isPng(bytes)) return readObject(textOfPng(bytes));
  const text = decoded(bytes).trim();
  if (!text) throw new Failed(`There is nothing in it. ${FRESH}`);
  if (text.startsWith("<")) return readObject(textOfSvg(text));
  return readObject(text);
}

/** Parses JSON that must be one object, strictly. Throws as `read`. */
export function readObject(text) {
  if (text.length > MOST_JSON_CHARACTERS) throw new Failed("It is larger than 2 MB, which no credential is.");
  if (TOKEN.test(text.trim())) {
    throw new NotCheckable("This is a signed token. This page reads badges as JSON or as a picture; take that form of it.");
  }
  const value = parsed(text);
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    throw new Failed(`It is JSON, but not a credential. ${FRESH}`);
  }
  refuseTwins(text);
  const refused = refusal(value);
  if (refused) throw new Failed(`It cannot be read safely: ${refused}. Ask the issuer for a corrected copy.`);
  return value;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Failed(`This is not a badge: it is neither JSON nor a PNG or SVG picture that carries one. ${FRESH}`);
  }
}

function decoded(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Failed(`This is not a badge: it is neither text nor a PNG or SVG picture. ${FRESH}`);
  }
}

// JSON.parse keeps the last of two members of one name; another reader may keep the first, and see another badge.
// The text is well-formed by now, so its strings and brackets are all there is to look at.
function refuseTwins(text) {
  const open = [];
  let last = "";
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:]/g)) {
    if (token === "{") open.push(new Set());
    else if (token === "[") open.push(null);
    else if (token === "}" || token === "]") open.pop();
    else if (token === ":") keepName(open.at(-1), JSON.parse(last));
    else last = token;
  }
}

function keepName(names, name) {
  if (names.has(name)) throw new Failed(`It says “${name}” twice, so two readers could see two different badges.`);
  names.add(name);
}
