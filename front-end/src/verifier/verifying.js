// Verifying: the same six questions that the server asks, answered with nothing but this archive.
// Fails closed: whatever was not checked is never shown as valid.

import { forPeople, moment } from "./dates.js";
import { findKey, refuseStrangers } from "./issuers.js";
import { Failed, NotCheckable } from "./problems.js";
import { provenKeys } from "./proofs.js";
import { read } from "./reading.js";
import { recognition } from "./recognition.js";
import { FAILED, NOT_CHECKED, PASSED, STEPS, verdictOf } from "./report.js";
import { faultOfBadge, faultOfStatusList, issuerOf } from "./shapes.js";
import { refuseUnknownEntry, refuseWithdrawn } from "./status.js";

const MOST_STATUS_ENTRIES = 4;
const NOT_SIGNED = "Not asked, because the seal does not fit and so nothing in it can be relied on.";
const REGISTER = "Whether the state recognized it was not asked. That is another question than whether this badge is genuine.";

/**
 * The report on bytes or a text: `{verdict, steps, credential}`. Never throws for what is wrong with the material.
 * Recognition is told as of `archived`, in days of `zone`; without it, nobody is asked.
 */
export async function verify(material, { load, now, archived = null, zone = "UTC" }) {
  try {
    const credential = read(material);
    return report(await examined(credential, { load, now, archived, zone }), credential);
  } catch (problem) {
    return report([outcomeOf("format", problem), ...notAsked(STEPS.slice(1), "Not asked, because there was nothing to read.")]);
  }
}

async function examined(credential, around) {
  const form = await step("format", () => formOf(credential));
  let keys = [];
  const proof = await step("proof", async () => {
    keys = await keysOf(credential, around);
    return "The seal fits: nothing was changed since it was signed.";
  });
  if (proof.outcome === FAILED) return [form, proof, ...notAsked(STEPS.slice(2), NOT_SIGNED)];
  const issuer = keys.length
    ? await step("issuer", () => whoSigned(keys, credential, around.now))
    : notAsked(["issuer"], "Not asked, because the seal could not be checked.")[0];
  const status =
    issuer.outcome === PASSED
      ? await step("status", () => standing(credential, around))
      : notAsked(["status"], "Not asked, because it is not certain who issued it.")[0];
  const validity = await step("validity", () => dates(credential, around.now));
  return [form, proof, issuer, status, validity, await recognised(credential, issuer, around)];
}

async function recognised(credential, issuer, around) {
  if (issuer.outcome !== PASSED) return notAsked(["recognition"], "Not asked, because it is not certain who issued it.")[0];
  if (!around.archived) return notAsked(["recognition"], REGISTER)[0];
  try {
    return await recognition(credential, around, refuseStatement);
  } catch (problem) {
    return { ...outcomeOf("recognition", problem), outcome: NOT_CHECKED };
  }
}

// A statement is a credential, and is asked what any is asked.
async function refuseStatement(statement, around) {
  refuseStrangers(await keysOf(statement, around), issuerOf(statement), around.now);
  await standing(statement, around);
  dates(statement, around.now);
}

function formOf(credential) {
  const fault = faultOfBadge(credential);
  if (fault) throw new Failed(`It is not a proper Open Badges 3.0 badge: ${fault}.`);
  return "It is a well-formed Open Badges 3.0 badge.";
}

function keysOf(credential, { load, now }) {
  return provenKeys(credential, { now, findKey: (method) => findKey(method, load) });
}

function whoSigned(keys, credential, now) {
  refuseStrangers(keys, issuerOf(credential), now);
  return `The key it was signed with is one that ${issuerOf(credential)} publishes for signing badges.`;
}

async function standing(credential, around) {
  const entries = [credential.credentialStatus ?? []].flat();
  if (!entries.length) return "The issuer keeps no list of withdrawn badges for it, so it stands.";
  if (entries.length > MOST_STATUS_ENTRIES) throw new Failed("It names more status lists than any badge needs.");
  for (const entry of entries) {
    refuseUnknownEntry(entry);
    await refuseWithdrawn(entry, await trustedList(entry.statusListCredential, issuerOf(credential), around));
  }
  return "The issuer's status list says that it was not withdrawn.";
}

// A list counts only if it is signed by the badge's own issuer, and in force.
async function trustedList(address, issuer, around) {
  const list = await around.load(String(address));
  const fault = faultOfStatusList(list);
  if (fault) throw new Failed(`What it names as its status list is none: ${fault}.`);
  if (list.id !== address) throw new NotCheckable(`The status list at ${address} is that of ${list.id}.`);
  try {
    refuseStrangers(await keysOf(list, around), issuerOf(list), around.now);
  } catch (problem) {
    const Kind = problem instanceof Failed ? Failed : NotCheckable;
    throw new Kind(`The issuer's status list cannot be trusted. ${sentenceOf(problem)}`);
  }
  if (issuerOf(list) !== issuer) throw new NotCheckable("The status list was published by another issuer.");
  if (!isInForce(list, around.now)) throw new NotCheckable("The issuer's status list is out of date.");
  return list;
}

function isInForce(list, now) {
  try {
    return Boolean(dates(list, now));
  } catch {
    return false;
  }
}

function dates(credential, now) {
  const begin = moment(credential.validFrom);
  const end = moment(credential.validUntil);
  if (!begin || (credential.validUntil !== undefined && !end)) throw new Failed("One of its dates cannot be read.");
  if (begin > now) throw new Failed(`It is not valid before ${forPeople(begin)}. Come back then.`);
  if (end && end <= now) throw new Failed(`It expired on ${forPeople(end)}. It was good until then.`);
  return end ? `It is valid until ${forPeople(end)}.` : "It is valid and does not expire.";
}

async function step(name, check) {
  try {
    return { step: name, outcome: PASSED, reason: await check() };
  } catch (problem) {
    return outcomeOf(name, problem);
  }
}

function outcomeOf(name, problem) {
  return { step: name, outcome: problem instanceof Failed ? FAILED : NOT_CHECKED, reason: sentenceOf(problem) };
}

// A mistake of this page is no statement about the badge; it is told as what could not be checked.
function sentenceOf(problem) {
  const isOurs = problem instanceof Failed || problem instanceof NotCheckable;
  return isOurs ? problem.message : `This page could not check it (${problem?.message ?? problem}).`;
}

function notAsked(names, reason) {
  return names.map((name) => ({ step: name, outcome: NOT_CHECKED, reason }));
}

function report(steps, credential = null) {
  return { verdict: verdictOf(steps), steps, credential };
}
