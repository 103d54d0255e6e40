"""A school unit's own competency-based plan: drafted, approved with its application, heeded by ledgers, measured."""
