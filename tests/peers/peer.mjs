// A verifier made of others' libraries. Reads a request in each line, answers each with a line, until its input ends.
//
//     {"credential": {…} or "a.token.…", "documents": {"https://…": {…}}, "now": "2026-05-04T12:00:00Z"}
//     {"proof": {"passed": true}, "status": {"passed": false, "reason": "…"}}
//
// `status` is absent where the credential names no status list, or where its proof did not hold.

import {createInterface} from 'node:readline';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {createVerifyCryptosuite as jcs} from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {cryptosuite as rdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import {compactVerify, decodeProtectedHeader, importJWK} from 'jose';
import {loaderOf} from './documents.mjs';
import {measured} from './measuring.mjs';

const suites = () => [rdfc, jcs()].map(cryptosuite => new DataIntegrityProof({cryptosuite}));

async function answer(request) {
  if(request.measure) {
    return measured(request);
  }
  return typeof request.credential === 'string' ? verifiedToken(request) : verified(request);
}

async function verified({credential, documents, now}) {
  const documentLoader = loaderOf(documents);
  const result = await vc.verifyCredential({credential, suite: suites(), documentLoader, now, checkStatus});
  // `verified` is true for a revoked credential too, so each part is looked at by itself.
  const {statusResult} = result;
  const proven = Boolean(result.results?.length) && result.results.every(each => each.verified);
  const answered = {proof: outcome(proven && (result.verified || Boolean(statusResult)), result.error)};
  if(statusResult) {
    const clear = statusResult.verified && statusResult.results.every(each => each.status === false);
    answered.status = outcome(clear, statusResult.error ?? 'Its bit in the status list is set.');
  }
  return answered;
}

// The token's key stands in the issuer's document, as a JSON Web Key behind its `kid`.
async function verifiedToken({credential, documents}) {
  const {alg, kid} = decodeProtectedHeader(credential);
  const {document} = await loaderOf(documents)(kid);
  await compactVerify(credential, await importJWK(document.publicKeyJwk ?? document, alg));
  return {proof: outcome(true)};
}

function outcome(passed, problem) {
  return passed ? {passed} : {passed, reason: reasonOf(problem)};
}

function reasonOf(problem) {
  const errors = problem?.errors ?? [problem];
  return errors.map(each => each?.message ?? String(each ?? 'It was not verified.')).join(' ');
}

for await (const line of createInterface({input: process.stdin})) {
  let answered;
  try {
    answered = await answer(JSON.parse(line));
  } catch(error) {
    answered = {proof: outcome(false, error)};
  }
  process.stdout.write(JSON.stringify(answered) + '\n');
}
