// Whether a credential has the shape of an Open Badges 3.0 badge, or of a status list, before anything else is asked.
// The table is that of the server's engine (engines/openbadges/shapes.py), without the members that only have a kind.

import { moment } from "./dates.js";

const CREDENTIALS = "https://www.w3.org/ns/credentials/v2";
const OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context";

// An object: the type it must name, the members it must have, and the objects it may hold. A plain address may stand
// for what is marked by a question mark.
const SHAPES = {
  subject: ["AchievementSubject", ["achievement"], { achievement: "achievement", identifier: "identity", result: "result", image: "image?" }],
  achievement: [
    "Achievement",
    ["id", "name", "description", "criteria"],
    { criteria: "criteria", alignment: "alignment", creator: "profile?", image: "image?", resultDescription: "description", related: "related" },
  ],
  criteria: ["", [], {}],
  alignment: ["Alignment", ["targetName", "targetUrl"], {}],
  image: ["Image", ["id"], {}],
  related: ["Related", ["id"], {}],
  identity: ["IdentityObject", ["hashed", "identityHash", "identityType"], {}],
  result: ["Result", [], {}],
  description: ["ResultDescription", ["id", "name", "resultType"], { rubricCriterionLevel: "level" }],
  level: ["RubricCriterionLevel", ["id", "name"], {}],
  profile: ["Profile", ["id"], { image: "image?" }],
  evidence: ["Evidence", [], {}],
  statement: ["EndorsementSubject", ["id"], {}],
  list: ["BitstringStatusList", ["statusPurpose", "encodedList"], {}],
};
const BADGE = { issuer: "profile?", credentialSubject: "subject", evidence: "evidence", image: "image?" };
const ENDORSEMENT = { issuer: "profile?", credentialSubject: "statement" };
const STATUS_LIST = { issuer: "profile?", credentialSubject: "list" };

/** What is wrong with a badge, as a phrase, or "" if nothing. */
export function faultOfBadge(credential) {
  const contexts = [credential["@context"] ?? []].flat();
  const types = typesOf(credential);
  if (!contexts.some((each) => typeof each === "string" && each.startsWith(OPEN_BADGES))) return "@context does not name Open Badges 3.0";
  if (!types.includes("AchievementCredential") && !types.includes("OpenBadgeCredential")) return "type names no badge";
  return faultOfHead(credential) || faultOfMembers(credential, BADGE, "");
}

/** What is wrong with an endorsement, as a phrase, or "" if nothing. */
export function faultOfEndorsement(credential) {
  if (!isObject(credential)) return "it is not an object";
  if (!typesOf(credential).includes("EndorsementCredential")) return "type names no endorsement";
  return faultOfHead(credential) || faultOfMembers(credential, ENDORSEMENT, "");
}

/** What is wrong with a status list, as a phrase, or "" if nothing. */
export function faultOfStatusList(credential) {
  if (!typesOf(credential).includes("BitstringStatusListCredential")) return "type names no status list";
  return faultOfHead(credential) || faultOfMembers(credential, STATUS_LIST, "");
}

/** The issuer that a credential names, by its id. */
export function issuerOf(credential) {
  const named = isObject(credential.issuer) ? credential.issuer.id : credential.issuer;
  return typeof named === "string" ? named : "";
}

function faultOfHead(credential) {
  if ([credential["@context"]].flat()[0] !== CREDENTIALS) return "@context does not begin with that of Verifiable Credentials 2.0";
  if (!typesOf(credential).includes("VerifiableCredential")) return "type does not say VerifiableCredential";
  if (typeof credential.id !== "string" || !credential.id) return "id is missing";
  if (!issuerOf(credential)) return "issuer is missing";
  if (!isObject(credential.credentialSubject)) return "credentialSubject is missing, or not one object";
  if (!moment(credential.validFrom)) return "validFrom is no date and time with a time zone";
  const dates = ["validUntil", "awardedDate"].filter((name) => credential[name] !== undefined);
  const bad = dates.find((name) => !moment(credential[name]));
  return bad ? `${bad} is no date and time with a time zone` : "";
}

function faultOfMembers(holder, members, place) {
  for (const [name, kind] of Object.entries(members)) {
    for (const value of isAbsent(holder[name]) ? [] : [holder[name]].flat()) {
      const fault = faultOfValue(value, kind, place ? `${place}.${name}` : name);
      if (fault) return fault;
    }
  }
  return "";
}

function faultOfValue(value, kind, place) {
  if (kind.endsWith("?") && typeof value === "string") return "";
  if (!isObject(value)) return `${place} is not an object`;
  const [type, required, members] = SHAPES[kind.replace("?", "")];
  if (type && !typesOf(value).includes(type)) return `${place} does not say that its type is ${type}`;
  const missing = required.find((name) => isAbsent(value[name]));
  return missing ? `${place}.${missing} is missing` : faultOfMembers(value, members, place);
}

function typesOf(holder) {
  return [holder.type ?? []].flat();
}

// An empty text or list says no more than its absence; false and 0 do say something.
function isAbsent(value) {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && !value.length);
}

function isObject(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
