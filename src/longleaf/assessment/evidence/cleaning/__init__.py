"""Taking out of files what they carry unseen: who made them, when, where, with what, and what they hide or would do.

Each module knows one form of file and has one function, `clean(source, into)`: it writes the cleaned file and returns
what was taken out. It raises `Unfit` for a file that cannot be taken, and nothing else for a damaged one, but memory
and time are for `apart` to bound: it runs `clean` in a process of its own. No Django, no database.
"""
