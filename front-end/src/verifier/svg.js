// Just enough of XML to find the badge in an SVG: a walk over its tags, strict, without entities of its own.
// The browser's own parser would apply the drawing's styles to a page whose policy refuses them.

import { Failed } from "./problems.js";

const NAMESPACE = "https://purl.imsglobal.org/ob/v3p0";
const DRAWING = "http://www.w3.org/2000/svg";
const DEEPEST = 100;
const PIECE =
  /<!--[^]*?-->|<\?[^]*?\?>|<!DOCTYPE[^[>]*>|<!\[CDATA\[(?<data>[^]*?)\]\]>|<\/(?<end>[^\s/>]+)\s*>|<(?<start>[^\s/>!?]+)(?<attributes>(?:\s+[^\s=/>]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(?<empty>\/?)>|(?<text>[^<]+)/y;
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const ENTITIES = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
const FRESH = "Ask the earner or the issuer for the badge file itself.";

/** The credentials that an SVG carries, each as its text or its token. Throws `Failed` where it is not well-formed. */
export function credentialsIn(svg) {
  const open = [];
  const found = [];
  for (const piece of pieces(svg)) {
    if (piece.start) begin(piece, open, found);
    if (piece.end || piece.empty) end(piece.end ?? piece.start, open);
    const text = piece.data ?? (piece.text && decoded(piece.text));
    if (text && open.at(-1)?.credential) open.at(-1).credential.text += text;
    else if (text && !open.length && text.trim()) refuse();
  }
  if (open.length) refuse();
  return found.map(({ text, token }) => ({ text: text.trim(), token: token.trim() }));
}

function* pieces(svg) {
  PIECE.lastIndex = svg.startsWith("\ufeff") ? 1 : 0;
  while (PIECE.lastIndex < svg.length) {
    const { lastIndex } = PIECE;
    const { groups } = PIECE.exec(svg) ?? {};
    if (!groups || PIECE.lastIndex === lastIndex) refuse();
    yield groups;
  }
}

function begin({ start, attributes }, open, found) {
  const given = attributesOf(attributes);
  const names = { ...open.at(-1)?.names, ...namespacesIn(given) };
  const [prefix, local] = start.includes(":") ? start.split(":") : ["", start];
  if (open.length >= DEEPEST || open.at(-1)?.credential) refuse();
  if (!open.length && !(names[prefix] === DRAWING && local === "svg")) refuse();
  const credential = names[prefix] === NAMESPACE && local === "credential" ? { text: "", token: given.verify ?? "" } : null;
  if (credential) found.push(credential);
  open.push({ start, names, credential });
}

function end(name, open) {
  if (open.pop()?.start !== name) refuse();
}

function attributesOf(text) {
  return Object.fromEntries([...text.matchAll(ATTRIBUTE)].map(([, name, first, second]) => [name, decoded(first ?? second)]));
}

function namespacesIn(given) {
  const declared = Object.entries(given).filter(([name]) => name === "xmlns" || name.startsWith("xmlns:"));
  return Object.fromEntries(declared.map(([name, value]) => [name.slice("xmlns:".length), value]));
}

function decoded(text) {
  return text.replace(/&([^;]{0,8});?/g, (_, name) => {
    if (Object.hasOwn(ENTITIES, name)) return ENTITIES[name];
    const [, hex, digits] = /^#(x?)([0-9a-f]{1,6})$/i.exec(name) ?? [];
    const point = digits ? parseInt(digits, hex ? 16 : 10) : NaN;
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : refuse();
  });
}

function refuse() {
  throw new Failed(`The picture is not well-formed SVG, or brings definitions of its own. ${FRESH}`);
}
