// Badges in pictures: the text chunk of a PNG, the element of an SVG (Open Badges 3.0, section "Baking").

import { Failed } from "./problems.js";
import { credentialsIn } from "./svg.js";

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const KEYWORD = "openbadgecredential";
const MOST_CHUNKS = 10_000;
const FRESH = "Ask the earner or the issuer for the badge file itself.";

/** Whether bytes begin as a PNG does. */
export function isPng(bytes) {
  return PNG.every((byte, index) => bytes[index] === byte);
}

/** The credential that a PNG carries. Throws `Failed`. */
export function textOfPng(bytes) {
  const carried = [...chunks(bytes)].filter(({ kind, data }) => kind === "iTXt" && keywordOf(data) === KEYWORD);
  if (!carried.length) throw new Failed(`The picture carries no badge: it may have been copied or resized. ${FRESH}`);
  if (carried.length > 1) throw new Failed(`The picture carries several badges, so none can be trusted. ${FRESH}`);
  return textOfChunk(carried[0].data.subarray(KEYWORD.length + 1));
}

/** The credential that an SVG carries. Throws `Failed`. */
export function textOfSvg(text) {
  const carried = credentialsIn(text);
  if (!carried.length) throw new Failed(`The picture carries no badge. ${FRESH}`);
  if (carried.length > 1) throw new Failed(`The picture carries several badges, so none can be trusted. ${FRESH}`);
  const [found] = carried;
  if (Boolean(found.text) === Boolean(found.token)) throw new Failed(`The badge in the picture is empty, or given twice. ${FRESH}`);
  return found.text || found.token;
}

function* chunks(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = PNG.length;
  for (let count = 0; count < MOST_CHUNKS; count += 1) {
    const end = offset + 12 <= bytes.length ? offset + 12 + view.getUint32(offset) : Infinity;
    if (end > bytes.length) throw new Failed(`The picture is cut off. ${FRESH}`);
    const kind = String.fromCharCode(...bytes.subarray(offset + 4, offset + 8));
    yield { kind, data: bytes.subarray(offset + 8, end - 4) };
    if (kind === "IEND") {
      if (end !== bytes.length) throw new Failed(`Something is hidden behind the end of the picture. ${FRESH}`);
      return;
    }
    offset = end;
  }
  throw new Failed(`The picture is made of too many pieces. ${FRESH}`);
}

function keywordOf(data) {
  return String.fromCharCode(...data.subarray(0, Math.max(0, Math.min(data.indexOf(0), 80))));
}

// After the keyword: compressed or not, the method, a language, a translated keyword, the text.
function textOfChunk(rest) {
  const language = rest.indexOf(0, 2);
  const keyword = language < 0 ? -1 : rest.indexOf(0, language + 1);
  if (rest[0] !== 0 || keyword < 0) throw new Failed(`The badge in the picture is not stored as badges store it. ${FRESH}`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(rest.subarray(keyword + 1));
  } catch {
    throw new Failed(`The badge in the picture is not text. ${FRESH}`);
  }
}
