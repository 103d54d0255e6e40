"""Portability: badges that educators bring from elsewhere, what is decided of them, and what they take along.

A badge is brought by its earner, verified, and matched: to a precedent, or else it goes to a recognizer who decides
with reasons. What was accepted counts in the ledger and goes along in the learner record. The other way round, the
policies of other states say what they would give for a micro-credential of this one.
"""
