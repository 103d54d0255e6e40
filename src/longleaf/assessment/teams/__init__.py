"""Teams: where a requirement allows it, several earners make one artifact, and each of them is judged alone.

The artifact stands in each member's own round, as a row of its own that says whose work it is, so that nothing one of
them does changes what another has handed in. Each says what they did themselves. Readers learn that it is team work and
of how many, and nothing of who else; no member is seated where another is judged (`assessment.nearness`).
"""
