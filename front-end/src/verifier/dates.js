// Moments as credentials write them (XML Schema `dateTimeStamp`): with a zone, or they are none.

const STAMP = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const WRITTEN = { dateStyle: "long", timeStyle: "short", timeZone: "UTC" };

/** The moment that a text names, or null if it names none or names it without a zone. */
export function moment(text) {
  const [, whole, fraction = ".0", zone] = (typeof text === "string" && STAMP.exec(text)) || [];
  const found = whole ? new Date(whole + fraction.slice(0, 4) + zone) : null;
  // A day that no month has would be taken for one of the next month.
  return found && !Number.isNaN(found.getTime()) && isADay(whole.slice(0, 10)) ? found : null;
}

/** A moment in a sentence: `May 3, 2026 at 2:05 PM UTC`. */
export function forPeople(found) {
  return `${new Intl.DateTimeFormat("en-US", WRITTEN).format(found)} UTC`;
}

/** The day of a moment in a time zone, in a sentence: `May 3, 2026`. */
export function dayForPeople(found, timeZone) {
  return new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeZone }).format(found);
}

function isADay(text) {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
