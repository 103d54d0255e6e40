"""Open Badges 3.0: building, signing, baking, reading and verifying them, with their status lists and keys.

This engine owns what the standards say (Open Badges 3.0, Verifiable Credentials 2.0, Data Integrity, Bitstring
Status List, Controlled Identifiers) and nothing else. It is plain Python: values in, values out. Time, secret
keys and other people's documents come in as arguments; it reads no clock, opens no connection, draws no random
number and writes no file. Who may issue, which keys an issuer has, where documents are published and fetched from,
and who is recognised by whom are not its business: `awards` and the doors to other systems answer that.

    building   → a credential's document      proving  → its proof, added or checked
    moulds     → many of one achievement      baking   → into and out of PNG and SVG
    status     → lists of withdrawn ones
    reading    → whatever was handed over     verifying → a report of named steps
    keys, controllers, issuers                → whose key it is

This face exports nothing: whoever uses the engine names the module it needs, and so no module needs the face.
"""
