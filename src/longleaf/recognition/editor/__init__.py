"""The state's policy as officers write it: drafts, what would change, publication from a day on, and the history."""
