"""The pool of assessors: who belongs to it, what they say of themselves, and the rules of an organisation's pool."""
