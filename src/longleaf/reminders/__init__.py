"""What people are reminded of: a clock that is about to run out or has run out, told once at each stated day, together.

Does not own the clocks. Each app that keeps one says in a `reminding` module who is to be told of what
(`settings.REMINDERS`); this one knows when it is time, that it was told, and how somebody wants to be told.
"""
