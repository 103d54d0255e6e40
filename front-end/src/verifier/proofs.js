// Data Integrity proofs (W3C Data Integrity EdDSA Cryptosuites 1.0): eddsa-rdfc-2022 and eddsa-jcs-2022.

import { forPeople, moment } from "./dates.js";
import { digest, isSignedBy } from "./keys.js";
import { canonical } from "./linked-data.js";
import { Failed, NotCheckable } from "./problems.js";

const RDFC = "eddsa-rdfc-2022";
const JCS = "eddsa-jcs-2022";
const MOST_PROOFS = 4;
const FRESH = "Ask the issuer for a fresh copy.";

/** The keys whose proofs of a credential are good. `findKey` gives the key that a proof names. Throws if there is none. */
export async function provenKeys(credential, { findKey, now }) {
  const proofs = credential.proof === undefined ? [] : [credential.proof].flat();
  if (!proofs.length) throw new Failed("It carries no proof, so anybody could have written it. Ask the issuer for a signed copy.");
  if (proofs.length > MOST_PROOFS) throw new Failed("It carries more proofs than any credential needs.");
  const good = [];
  const doubts = [];
  for (const proof of proofs) {
    try {
      good.push(await provenKey(credential, proof, findKey, now));
    } catch (problem) {
      // One proof that does not fit is enough to fail the credential.
      if (!(problem instanceof NotCheckable)) throw problem;
      doubts.push(problem);
    }
  }
  if (!good.length) throw doubts[0];
  return good;
}

async function provenKey(credential, proof, findKey, now) {
  refuseUnusable(proof, now);
  const key = await findKey(proof.verificationMethod);
  const message = await messageOf(credential, proof);
  if (!(await isSignedBy(key.bytes, proof.proofValue, message))) {
    throw new Failed("The seal does not fit: something was changed since it was signed, or it was signed by somebody else. Do not rely on it.");
  }
  return key;
}

function refuseUnusable(proof, now) {
  if (proof === null || typeof proof !== "object") throw new Failed(`Its proof is not written as proofs are. ${FRESH}`);
  const { type, cryptosuite, proofPurpose, verificationMethod, proofValue } = proof;
  if (type !== "DataIntegrityProof" || ![RDFC, JCS].includes(cryptosuite) || "previousProof" in proof) {
    throw new NotCheckable(`Its proof is made as ${cryptosuite ?? type}, which is not checked here.`);
  }
  if (proofPurpose !== "assertionMethod") throw new Failed(`The proof was not made to assert a credential. ${FRESH}`);
  if (typeof verificationMethod !== "string" || typeof proofValue !== "string") {
    throw new Failed(`The proof names no key, or holds no signature. ${FRESH}`);
  }
  for (const name of ["created", "expires"]) {
    if (name in proof && !moment(proof[name])) throw new Failed(`The proof's “${name}” is not a moment with a time zone.`);
  }
  const end = moment(proof.expires);
  if (end && end <= now) throw new Failed(`The proof stopped being good on ${forPeople(end)}. ${FRESH}`);
}

async function messageOf(credential, proof) {
  const { proof: _, ...document } = credential;
  const { proofValue: __, ...options } = proof;
  if (proof.cryptosuite === JCS) return joined(jcs(options), jcs(inSignedTerms(document, options)));
  const { "@context": ___, ...members } = options;
  const inTerms = { "@context": document["@context"] ?? [], ...members };
  return joined(await canonical(inTerms), await canonical(document));
}

// More contexts may have been added after signing; the ones signed must still come first.
function inSignedTerms(document, options) {
  if (!("@context" in options)) return document;
  const signed = [options["@context"]].flat();
  const shown = [document["@context"] ?? []].flat();
  if (jcs(shown.slice(0, signed.length)) !== jcs(signed)) {
    throw new Failed(`Its terms are not those that were signed. ${FRESH}`);
  }
  return { ...document, "@context": options["@context"] };
}

/** JSON Canonicalization Scheme (RFC 8785), which writes texts and numbers as JavaScript does. */
export function jcs(value) {
  if (Array.isArray(value)) return `[${value.map(jcs).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${jcs(value[name])}`).join(",")}}`;
}

function joined(options, document) {
  return Uint8Array.from([...digest(options), ...digest(document)]);
}
