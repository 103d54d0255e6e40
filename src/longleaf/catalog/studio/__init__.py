"""The design studio: drafts of micro-credentials, written part by part, checked, compared, and published as versions.

What a designer types is kept as it was typed (`Draft.typed`); `documents` makes the document of it that a state pack
would bring, and takes such a document apart again. Publishing is the catalog's own verb.
"""
