// What to do with a text kept on this device when its page opens again. Pure, so that it can be tested without a browser.
//   kept    null, or {text, base, sent}: base is the revision it was typed on, sent what was last put on its way
//   server  {text, revision}
//   gives   {act: "nothing"} · {act: "forget"} · {act: "send", text, revision} · {act: "choose", mine, theirs, revision}
export function reconcile(kept, server) {
  if (!kept) return { act: "nothing" };
  if (kept.text === server.text) return { act: "forget" };
  const nobodyElse = kept.base === server.revision || kept.sent === server.text;
  if (nobodyElse) return { act: "send", text: kept.text, revision: server.revision };
  return { act: "choose", mine: kept.text, theirs: server.text, revision: server.revision };
}

// How long to wait before the next try: 1, 2, 4 … 60 seconds, each up to a fifth longer, so that many devices whose
// network returns do not all come at once.
export function pause(attempts, random = Math.random) {
  return Math.min(60_000, 1000 * 2 ** (attempts - 1)) * (1 + random() / 5);
}
