// The documents of the archive that this page belongs to, by the addresses that badges name. Nothing else is asked.

import { readObject } from "./reading.js";
import { NotCheckable } from "./problems.js";

/**
 * Gives a function that loads the document behind an address of the old host out of the archive.
 * `home` is the old public address, `root` where the archive lies now, `get` the browser's `fetch`.
 */
export function archiveAt({ home, root, get }) {
  const kept = new Map();
  return async (address) => {
    const path = pathBelow(home, address);
    if (!kept.has(path)) kept.set(path, await loaded(new URL(path, root), address, get));
    return kept.get(path);
  };
}

/** Where an address of the old host lies below it, such as `status/…`. Throws `NotCheckable` for any other address. */
export function pathBelow(home, address) {
  const base = new URL(home.endsWith("/") ? home : `${home}/`);
  const asked = URL.canParse(address) ? new URL(address) : null;
  // A did:web leads to https even where the old host was plain http.
  const isOurs = asked && /^https?:$/.test(asked.protocol) && asked.host === base.host && asked.pathname.startsWith(base.pathname);
  if (!isOurs || /%2f|%5c|\\/i.test(asked.pathname)) {
    throw new NotCheckable(`${address} is not part of this archive, and this page asks nobody else.`);
  }
  return asked.pathname.slice(base.pathname.length);
}

async function loaded(url, address, get) {
  const answer = await answered(url, get);
  if (!answer?.ok) throw new NotCheckable(`The archive could not give the document at ${address}.`);
  try {
    return readObject(await answer.text());
  } catch {
    throw new NotCheckable(`What the archive has at ${address} cannot be read.`);
  }
}

async function answered(url, get) {
  try {
    return await get(url, { credentials: "omit", cache: "no-cache" });
  } catch {
    return null;
  }
}
