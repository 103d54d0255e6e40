// The two ways in which a check ends without passing. Both carry a sentence for people.

/** The check was made and speaks against the badge. */
export class Failed extends Error {}

/** The check could not be made. Nothing follows from it, so nothing may be shown as valid. */
export class NotCheckable extends Error {}
