"""How what was recognised is getting on, by figures of live work: for each version and each issuer, with alarms.

Owns: what is measured, from which figure on an alarm is raised, and what came of it. Does not own the work:
`assessment` tells it in numbers (`settings.MONITORED_WORK`), agreement is that of `panels`.
"""
