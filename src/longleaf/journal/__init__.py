"""The append-only record of every decision that touches a person's record.

Owns: the lines, their chain of hashes, and the proof that the chain holds. Does not own: what the events mean (each app
names its own in `events.py`), nor who may read which line (each app asks its own `access`).
"""
