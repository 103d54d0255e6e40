"""Open Badges 3.0 and 2.0 and learner records: building, signing, baking, reading, verifying; status lists and keys.

This engine owns what the standards say (Open Badges 3.0 and 2.0, Comprehensive Learner Record 2.0, Verifiable
Credentials 2.0, Data Integrity, Bitstring Status List, Controlled Identifiers) and nothing else. It is plain Python:
values in, values out. Time, secret keys and other people's documents come in as arguments; it reads no clock, opens no
connection, draws no random number and writes no file. Who may issue, which keys an issuer has, where documents are
published and fetched from, and who is recognised by whom are not its business: `awards` and the doors to other
systems answer that.

    building, clr, hosted   → a badge's, a learner record's, an Open Badges 2.0 assertion's document
    moulds                  → many badges of one achievement, signed at once
    proving, tokens         → its proof, or the token it becomes, made or checked
    status                  → lists of withdrawn and suspended ones
    baking (png, svg)       → into and out of pictures
    reading                 → whatever was handed over
    verifying               → a report of named steps: authorship, withdrawal, dates, contents, older, earliest
    gist, recipients        → what a credential says, and to whom it was given, whatever its version
    keys, controllers, published_keys, issuers   → whose key it is

This face exports nothing: whoever uses the engine names the module it needs, and so no module needs the face.
"""
