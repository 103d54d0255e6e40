// What a JSON-LD document says, as the one text that everybody signs: canonical N-Quads (RDFC-1.0).
// What a library does not know it drops, and what is dropped is not signed; so nothing may be dropped here.

import contexts from "contexts";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import jsonld from "jsonld";
import { NotCheckable } from "./problems.js";

const CREDENTIALS = "https://www.w3.org/2018/credentials#";
// Members that decide whether a badge may be believed. Each may be said in its own place only.
const DECISIVE = [
  "validFrom",
  "validUntil",
  "issuanceDate",
  "expirationDate",
  "credentialStatus",
  "issuer",
  "credentialSubject",
];
const CORRECTED = "Ask the issuer for a corrected copy.";

/** The canonical N-Quads of a document. Throws `NotCheckable` where another reader could read something else. */
export async function canonical(document) {
  refuseOddities(document);
  const nquads = await inOrder(document);
  refuseHiddenMembers(document, nquads);
  return nquads;
}

async function inOrder(document) {
  try {
    return await jsonld.canonize(document, {
      algorithm: "RDFC-1.0",
      format: "application/n-quads",
      safe: true,
      documentLoader: pinned,
      canonizeOptions: { createMessageDigest: () => new Digest() },
    });
  } catch (problem) {
    const term = problem?.details?.event?.details?.property ?? problem?.details?.event?.details?.value;
    const named = typeof term === "string" ? ` (“${term}”)` : "";
    throw new NotCheckable(`It holds something that no signature can cover${named}, or that cannot be put in order. ${CORRECTED}`);
  }
}

async function pinned(url) {
  return { contextUrl: null, documentUrl: url, document: contexts[url], tag: "static" };
}

// rdf-canonize would ask the browser for SHA-256, which has it for pages of secure origins only.
class Digest {
  #hash = sha256.create();

  update(text) {
    this.#hash.update(utf8ToBytes(text));
  }

  digest() {
    return bytesToHex(this.#hash.digest());
  }
}

function refuseOddities(value) {
  if (typeof value === "string") refuseOddText(value);
  else if (Array.isArray(value)) value.forEach(refuseOddities);
  else if (value !== null && typeof value === "object") {
    for (const [name, member] of Object.entries(value)) {
      if (name === "@context") refuseUnknownContexts(member);
      else {
        refuseOddName(name);
        refuseOddities(member);
      }
    }
  }
}

function refuseUnknownContexts(member) {
  for (const context of [member].flat()) {
    if (typeof context !== "string") {
      throw new NotCheckable(`It defines words of its own, which could hide what it says. ${CORRECTED}`);
    }
    if (!Object.hasOwn(contexts, context)) {
      throw new NotCheckable(`It is written in the terms of ${context}, which are not known here.`);
    }
  }
}

function refuseOddName(name) {
  if (name.includes(":") || name.startsWith("@")) {
    throw new NotCheckable(`It uses the name “${name}”, under which a known statement could hide. ${CORRECTED}`);
  }
  if (name === "verifiableCredential") {
    throw new NotCheckable("It contains other credentials. Take them out and verify them one by one.");
  }
}

function refuseOddText(text) {
  if (/^@[A-Za-z]+$/.test(text) || text.startsWith("_:")) {
    throw new NotCheckable(`It holds the text “${text}”, which linked data reads as something else. ${CORRECTED}`);
  }
}

function refuseHiddenMembers(document, nquads) {
  const lines = nquads.split("\n");
  for (const member of DECISIVE) {
    const said = lines.filter((line) => line.startsWith(`<${document.id}> <${CREDENTIALS}${member}> `)).length;
    const shown = document[member] ? [document[member]].flat().length : 0;
    if (said > shown) {
      throw new NotCheckable(`Its ${member} is not where everybody looks for it. Ask the issuer for a fresh copy.`);
    }
  }
}
