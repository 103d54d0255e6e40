"""How long work is kept, and how it goes.

The kinds of things that have a clock (`kinds`, `work`, `rows`), the state's own days (`rules`), when each thing goes
(`clocks`), what holds it back (`holds`, `holding_back`), what is due on a day (`due`), telling the earner and taking
away for good (`letting_go`, `mailing`, `clearing`, `nightly`), and everything of an attempt as one file (`packing`).

The decision, the finding and the journal stay.
"""
