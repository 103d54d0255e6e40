// Status lists (W3C Bitstring Status List 1.0): most significant bit first, gzip, base64url after the letter u.

import { Failed, NotCheckable } from "./problems.js";

const LEAST_ENTRIES = 131_072;
const MOST_BYTES = 8 * 1024 * 1024;
const SAID = { revocation: "withdrew", suspension: "suspended" };

/** Returns quietly if the bit of an entry is not set in a list that was found trustworthy. Throws otherwise. */
export async function refuseWithdrawn(entry, list) {
  const { statusPurpose, statusSize = 1, encodedList } = list.credentialSubject;
  if (![statusPurpose].flat().includes(entry.statusPurpose)) throw new Failed("The issuer's status list is about something else.");
  if (statusSize !== 1) throw new NotCheckable("The issuer's status list holds more than one bit for each badge.");
  const bits = await unpacked(encodedList);
  if (bitAt(bits, indexOf(entry))) {
    throw new Failed(`The issuer ${SAID[entry.statusPurpose]} this badge. Ask the earner or the issuer why.`);
  }
  if (bits.length * 8 < LEAST_ENTRIES) throw new NotCheckable("The issuer's status list is shorter than such lists must be.");
}

/** Throws `NotCheckable` for an entry of a kind that is not understood here. */
export function refuseUnknownEntry(entry) {
  if (![entry?.type].flat().includes("BitstringStatusListEntry") || !Object.hasOwn(SAID, entry.statusPurpose)) {
    throw new NotCheckable("Its status is published in a way that is not checked here.");
  }
}

function indexOf(entry) {
  const text = String(entry.statusListIndex);
  if (!/^\d{1,12}$/.test(text)) throw new Failed("Its place in the status list is not a number. Ask the issuer for a corrected copy.");
  return Number(text);
}

function bitAt(bits, index) {
  if (index >= bits.length * 8) throw new Failed(`The status list has no entry ${index}.`);
  return Boolean(bits[index >> 3] & (0x80 >> (index & 7)));
}

async function unpacked(text) {
  if (typeof text !== "string" || !/^u[\w-]+=*$/.test(text)) throw new Failed("The issuer's status list is not written as such lists are.");
  const packed = Uint8Array.from(atob(text.slice(1).replace(/=+$/, "").replaceAll("-", "+").replaceAll("_", "/")), (letter) =>
    letter.charCodeAt(0),
  );
  try {
    return await inflated(packed);
  } catch {
    throw new Failed("The issuer's status list is damaged, or far too large.");
  }
}

// Unpacked no further than a list can be, however well it was packed.
async function inflated(packed) {
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  const pieces = [];
  let length = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length;
    if (length > MOST_BYTES) throw new RangeError("too large");
    pieces.push(next.value);
  }
  const bits = new Uint8Array(length);
  pieces.reduce((offset, piece) => (bits.set(piece, offset), offset + piece.length), 0);
  return bits;
}
