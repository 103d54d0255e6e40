// How much, and which characters and numbers, are let in. The bounds are those of the server's engine
// (engines/openbadges/limits.py): what libraries write differently is refused before it can deceive anybody.

export const MOST_MATERIAL_BYTES = 10 * 1024 * 1024;
export const MOST_JSON_CHARACTERS = 2 * 1024 * 1024;
const MOST_VALUES = 20_000;
const MOST_LEVELS = 48;

// Tab, line feed and carriage return may stand; other controls, lone surrogates and noncharacters may not.
const UNSAFE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufdd0-\ufdef]|\p{Noncharacter_Code_Point}|\p{Surrogate}/u;

/** Why a JSON value is not let in, as a phrase, or "" if it may pass. */
export function refusal(value) {
  const waiting = [[value, 0]];
  for (let count = 1; waiting.length; count += 1) {
    const [found, depth] = waiting.pop();
    if (count > MOST_VALUES) return `it holds more than ${MOST_VALUES} values`;
    if (depth > MOST_LEVELS) return `it is nested deeper than ${MOST_LEVELS} levels`;
    const reason = refusalOf(found);
    if (reason) return reason;
    if (found === null || typeof found !== "object") continue;
    for (const [name, member] of Object.entries(found)) waiting.push([name, depth], [member, depth + 1]);
  }
  return "";
}

function refusalOf(value) {
  if (typeof value === "string") {
    if (value === "__proto__") return "it holds a name that programs trip over";
    return UNSAFE.test(value) ? "it holds a character that credentials must not hold" : "";
  }
  if (typeof value !== "number") return "";
  if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) return "it holds a number too large to be exact";
  return String(value).includes("e") ? "it holds a number that needs an exponent" : "";
}
