"""Verifiers written by others, so that nobody has to take our own word for our badges.

    node     → Digital Bazaar's libraries, which wallets and validators are built on (`peer.mjs`)
    python   → openvc-core, with PyLD's own canonical form

Both take a credential and the documents that a verifier would have fetched, and say of its proof and of its status
whether it passed. Neither touches a network. `make peers` installs what the first needs.
"""
