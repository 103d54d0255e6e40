// The verifier page of an archive: takes a badge, shows the report. All markup comes from the page's own templates.

import { archiveAt, pathBelow } from "./archive.js";
import { verify } from "./verifying.js";

const form = document.querySelector("[data-verifier]");
const report = document.querySelector("[data-report]");
const complaint = document.querySelector("[data-complaint]");
const home = form.dataset.home;
const root = new URL(form.dataset.root, document.baseURI);
const { zone } = form.dataset;
const archived = new Date(form.dataset.archived);

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  await check(await handedOver());
});
form.hidden = false;
begin();

// A badge's page leads here with its address, as the old host's pages did.
async function begin() {
  const address = new URLSearchParams(location.search).get("address");
  if (address) await check(await atAddress(address));
}

async function handedOver() {
  const [file] = form.elements.file.files;
  const text = form.elements.text.value.trim();
  if (file && text) return complain("Give the badge in one way only: take the file away, or empty the text.");
  if (!file && !text) return complain("Choose the badge's file, or paste its text.");
  return file ? new Uint8Array(await file.arrayBuffer()) : text;
}

async function atAddress(address) {
  try {
    const page = pathBelow(home, address).replace(/[^/]*$/, "");
    const answer = await fetch(new URL(`${page}credential.json`, root), { credentials: "omit", cache: "no-cache" });
    if (answer.ok) return await answer.text();
  } catch {
    // Told below, in the same words.
  }
  return complain("There is no badge of this archive at that address. Choose its file, or paste its text.");
}

async function check(material) {
  if (material === null) return;
  complaint.hidden = true;
  form.setAttribute("aria-busy", "true");
  const load = archiveAt({ home, root, get: (...asked) => fetch(...asked) });
  const found = await verify(material, { now: new Date(), load, archived, zone });
  form.removeAttribute("aria-busy");
  show(found);
}

function complain(sentence) {
  report.hidden = true;
  complaint.querySelector("[data-sentence]").textContent = sentence;
  complaint.hidden = false;
  complaint.focus();
  return null;
}

function show(found) {
  const filled = copyOf(`verdict-${found.verdict}`);
  tellName(filled, found.credential);
  const list = filled.querySelector("[data-steps]");
  for (const each of found.steps) list.append(stepShown(each));
  report.replaceChildren(filled);
  report.hidden = false;
  report.dataset.verdict = found.verdict;
  form.querySelector("[data-again]").hidden = false;
  report.querySelector("h2").focus();
}

function stepShown({ step, outcome, reason }) {
  const shown = copyOf(`step-${outcome}`);
  shown.querySelector("[data-title]").textContent = form.querySelector(`[data-step-title="${step}"]`).value;
  shown.querySelector("[data-reason]").textContent = reason;
  shown.querySelector("li").dataset.step = step;
  return shown;
}

// A claim, and shown as one: what a badge calls itself says nothing about whether it is genuine.
function tellName(filled, credential) {
  const claim = filled.querySelector("[data-claim]");
  const name = credential?.name ?? credential?.credentialSubject?.achievement?.name;
  claim.hidden = typeof name !== "string";
  if (claim.hidden) return;
  claim.querySelector("[data-name]").textContent = name;
  claim.querySelector("[data-issuer]").textContent = String(credential.issuer?.name ?? credential.issuer?.id ?? credential.issuer ?? "nobody");
}

function copyOf(name) {
  return document.querySelector(`template[data-part="${name}"]`).content.cloneNode(true);
}
