"""Whether a reader reads by the rubric: anchors, training, the certification test, drift, back-reading.

An uncertified or drifted assessor gets no live work. A reader is checked by *check readings*: panels of one seat that
decide nothing about the work. They are read at the same desk, through the same verbs, as live ones. What was found
is held against a known level (an anchor), a lead's second reading, or the other readers of the same work.

Imports run: pages → drawing, testing, seeding → watching → standing → queries → gating → gates.
"""
