"""The exit guarantee: everything that keeps badges alive when the platform ends, as files that need no back end.

    archiving    the verb: writes or renews an archive, and says so in the journal
    contents     which files there are, and what is in each: the very bytes of the live addresses
    pages        the pages for people, in an archive's own frame
    lasting      status lists that outlive the keys' owner
    places       where an address of the platform lies in an archive
    folder       the files on disk: written, renewed, removed, and listed with their digests
    checking     reads an archive back and verifies every badge with nothing but its files

Does not own what is published: `awards.published`, `awards.sharing.pictures` and the rest say that, and are called.
"""
