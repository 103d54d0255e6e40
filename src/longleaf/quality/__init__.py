"""What the state has decided of micro-credentials and of agencies, and by which standards.

Owns: the quality rubric, the agency criteria, and decisions with their dates. Reviews by panels come to live here.
Does not own: what a recognised micro-credential is worth to somebody (`recognition`).
"""
