// Whether the state recognised what a badge says, by the signed statements that lie in the archive: as of the day on
// which it was made, for later decisions are not part of it.

import { dayForPeople, moment } from "./dates.js";
import { NotCheckable } from "./problems.js";
import { INFORMATIONAL, PASSED } from "./report.js";
import { faultOfEndorsement, issuerOf } from "./shapes.js";

const MOST_STATEMENTS = 20;
const NOT_AGAINST_IT = "That says nothing against the badge itself.";

/**
 * The step `recognition` of a badge whose issuer was proven. `archived` is when the archive was made, `zone` the time
 * zone whose days it tells; `refuseStatement` throws for a statement that does not stand at a moment.
 */
export async function recognition(credential, { archived, zone, load, now }, refuseStatement) {
  const asOf = `as of the day of the archive, ${dayForPeople(archived, zone)}`;
  const achievement = await achievementOf(credential, load);
  const creator = achievement.creator?.id ?? achievement.creator;
  if (creator !== issuerOf(credential)) {
    return told(INFORMATIONAL, `This achievement is offered by ${creator ?? "nobody"}, and the badge names another issuer. ${NOT_AGAINST_IT}`);
  }
  const [statement] = await standing(achievement, { load, now: archived }, refuseStatement);
  if (!statement) return told(INFORMATIONAL, `No signed statement in this archive recognizes it, ${asOf}. ${NOT_AGAINST_IT}`);
  const until = moment(statement.validUntil);
  const isOver = until !== null && until <= now;
  const period = `from ${dayForPeople(moment(statement.validFrom), zone)}${until ? ` until ${dayForPeople(until, zone)}` : ""}`;
  const by = typeof statement.issuer.name === "string" ? statement.issuer.name : issuerOf(statement);
  const sentence = `${by} ${isOver ? "recognized" : "recognizes"} it ${period}, ${asOf}. Signed statement: ${statement.id}`;
  return told(isOver ? INFORMATIONAL : PASSED, sentence);
}

async function achievementOf(credential, load) {
  const named = credential.credentialSubject.achievement;
  const id = typeof named === "string" ? named : named?.id;
  const found = await load(`${id}/index.json`);
  if (found.id !== id) throw new NotCheckable(`The archive has another achievement at ${id}.`);
  return found;
}

// What does not stand counts for nothing, and is no reason to doubt the others.
async function standing(achievement, around, refuseStatement) {
  const found = [];
  for (const each of [achievement.endorsement ?? []].flat().slice(0, MOST_STATEMENTS)) {
    if (await stands(each, achievement.id, around, refuseStatement)) found.push(each);
  }
  return found;
}

async function stands(statement, about, around, refuseStatement) {
  try {
    if (faultOfEndorsement(statement) || statement.credentialSubject.id !== about) return false;
    await refuseStatement(statement, around);
    return true;
  } catch {
    return false;
  }
}

function told(outcome, reason) {
  return { step: "recognition", outcome, reason };
}
