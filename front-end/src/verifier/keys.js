// Keys and signatures: Ed25519 by the browser where it knows it, else by @noble/curves. SHA-256 is by @noble/hashes,
// because a browser keeps its own from pages that came over plain http.

import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { Failed, NotCheckable } from "./problems.js";

const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
const MOST_BASE58 = 200;

export function digest(text) {
  return sha256(new TextEncoder().encode(text));
}

/** The bytes of an Ed25519 public key written as Multikey (W3C Controlled Identifiers 1.0, section 2.2.2). */
export function publicKey(multikey) {
  const bytes = fromMultibase(multikey);
  const isEd25519 = bytes[0] === 0xed && bytes[1] === 0x01 && bytes.length === KEY_BYTES + 2;
  if (!isEd25519) throw new NotCheckable("The issuer's key is of a kind that is not checked here.");
  return bytes.subarray(2);
}

/** Whether a signature in multibase is this key's signature of a message. */
export async function isSignedBy(key, signature, message) {
  const bytes = fromMultibase(signature);
  if (bytes.length !== SIGNATURE_BYTES) return false;
  const byBrowser = await verifiedByBrowser(key, bytes, message);
  return byBrowser ?? verifiedByLibrary(key, bytes, message);
}

function verifiedByLibrary(key, signature, message) {
  try {
    return ed25519.verify(signature, message, key, { zip215: false });
  } catch {
    return false;
  }
}

async function verifiedByBrowser(key, signature, message) {
  try {
    const imported = await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", imported, signature, message);
  } catch {
    return null;
  }
}

/** Bytes written in base58btc after the letter z. Throws `Failed`. */
export function fromMultibase(text) {
  if (typeof text !== "string" || !/^z[1-9A-HJ-NP-Za-km-z]+$/.test(text) || text.length > MOST_BASE58) {
    throw new Failed("A key or signature is not written as they are. Ask the issuer for a fresh copy.");
  }
  const digits = text.slice(1);
  let number = [...digits].reduce((total, digit) => total * 58n + BigInt(ALPHABET.indexOf(digit)), 0n);
  const bytes = [];
  for (; number > 0n; number >>= 8n) bytes.unshift(Number(number & 255n));
  const zeros = digits.length - digits.replace(/^1+/, "").length;
  return Uint8Array.from([...Array(zeros).fill(0), ...bytes]);
}
