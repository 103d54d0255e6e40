// How many credentials a second the peer issues and verifies, timed inside. Whoever asks throws a first answer away.
//
//     {"measure": "issue", "credential": {unsigned}, "key": {…}, "documents": {}, "seconds": 2}
//     {"measure": "verify", "credential": {signed}, "documents": {…}, "seconds": 2}  →  {"rate": 171.3}

import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import {loaderOf} from './documents.mjs';

export async function measured({measure, credential, key, documents, now, seconds}) {
  const documentLoader = loaderOf(documents);
  const once = measure === 'issue' ? await issuing(credential, key, documentLoader, now) :
    verifying(credential, documentLoader, now);
  return {rate: await repeated(once, seconds)};
}

async function issuing(credential, key, documentLoader, now) {
  const signer = (await Ed25519Multikey.from(key)).signer();
  const text = JSON.stringify(credential);
  return async () => {
    const suite = new DataIntegrityProof({signer, cryptosuite, date: now});
    await vc.issue({credential: JSON.parse(text), suite, documentLoader, now});
  };
}

function verifying(credential, documentLoader, now) {
  return async () => {
    const suite = new DataIntegrityProof({cryptosuite});
    const {verified, error} = await vc.verifyCredential({credential, suite, documentLoader, now, checkStatus});
    if(!verified) {
      throw error;
    }
  };
}

async function repeated(once, seconds) {
  const begun = performance.now();
  let times = 0;
  while(performance.now() - begun < seconds * 1000) {
    await once();
    times += 1;
  }
  return times / ((performance.now() - begun) / 1000);
}
