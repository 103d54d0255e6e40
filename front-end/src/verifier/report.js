// What a verification says: named steps, each with its outcome and a reason, and what follows from them.

export const STEPS = ["format", "proof", "issuer", "status", "validity", "recognition"];
export const PASSED = "passed";
export const FAILED = "failed";
export const INFORMATIONAL = "informational";
export const NOT_CHECKED = "not_checked";

/** Valid only if every deciding step passed. Recognition makes a badge neither better nor worse. */
export function verdictOf(steps) {
  const outcomes = STEPS.slice(0, -1).map((name) => steps.find((each) => each.step === name)?.outcome ?? NOT_CHECKED);
  if (outcomes.includes(FAILED)) return "invalid";
  return outcomes.every((outcome) => outcome === PASSED) ? "valid" : "unknown";
}
