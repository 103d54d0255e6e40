"""Certificates of credits: what a ledger said on a day, as a page, as paper, and to be verified by its number."""
