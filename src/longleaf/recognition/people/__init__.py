"""Checking a list of people or badges for those who hire and place: exactly what rights allow, and a line for it."""
