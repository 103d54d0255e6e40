// Whose key is it? Keys are found in the archived document of the issuer, never in what is being checked.

import { forPeople, moment } from "./dates.js";
import { publicKey } from "./keys.js";
import { Failed, NotCheckable } from "./problems.js";

const DID_WEB = /^did:web:([A-Za-z0-9.-]+(?:%3A[0-9]{1,5})?)((?::[A-Za-z0-9._~-]+)*)$/i;

/** The key that a proof names, as its controller publishes it. Throws `Failed` or `NotCheckable`. */
export async function findKey(method, load) {
  const controller = method.split("#")[0];
  const document = await load(addressOf(controller));
  if (document.id !== controller) throw new Failed(`The document of ${controller} is about somebody else, so it vouches for nothing.`);
  const listed = [document.verificationMethod ?? []].flat().find((each) => absolute(each?.id, controller) === method);
  if (!listed || (listed.controller ?? controller) !== controller) {
    throw new Failed(`The key it names, ${method}, is not among the keys that ${controller} publishes. Do not rely on it.`);
  }
  const asserting = [document.assertionMethod ?? []].flat().map((each) => absolute(each?.id ?? each, controller));
  return {
    method,
    controller,
    bytes: publicKey(listed.publicKeyMultibase),
    mayAssert: asserting.includes(method),
    stops: ["revoked", "expires"].filter((name) => name in listed).map((name) => listed[name]),
  };
}

/** Returns quietly if one of the keys may speak for the issuer that a credential names. Throws as `findKey`. */
export function refuseStrangers(keys, issuer, now) {
  const problems = keys.map((key) => strangeness(key, issuer, now));
  if (problems.every(Boolean)) throw problems[0];
}

function strangeness(key, issuer, now) {
  if (issuer !== key.controller) {
    return new Failed(`It says it is from ${issuer || "nobody"}, but the key it was signed with belongs to ${key.controller}. Do not rely on it.`);
  }
  for (const stop of key.stops) {
    const end = moment(stop);
    if (!end) return new Failed("The issuer's document says that the key stopped being good, but not properly when.");
    if (end <= now) return new Failed(`The issuer withdrew the key it was signed with on ${forPeople(end)}. Ask the issuer for a fresh copy.`);
  }
  return key.mayAssert ? null : new Failed(`${issuer} publishes the key it was signed with, but not for signing badges.`);
}

/** Where the document of a did:web is (did:web method, section "Read"). */
function addressOf(controller) {
  const [, host, path] = DID_WEB.exec(controller) ?? [];
  if (!host) throw new NotCheckable(`Its key is named by ${controller || "nobody"}, and this archive knows its own issuers only.`);
  const parts = path.split(":").slice(1);
  if (parts.some((part) => part === "." || part === "..")) throw new Failed(`The issuer's name ${controller} hides an address.`);
  const place = parts.length ? `${parts.join("/")}/did.json` : ".well-known/did.json";
  return `https://${decodeURIComponent(host)}/${place}`;
}

function absolute(name, controller) {
  const text = typeof name === "string" ? name : "";
  return text.startsWith("#") ? `${controller}${text}` : text;
}
