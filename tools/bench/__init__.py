"""What `make bench` does: fill a scratch database with synthetic people, serve it, measure its pages;
the same briskly with a catalog of thousands; then issue and verify badges, beside others' libraries and bare
arithmetic; then assign submissions to assessors.

Nothing here is part of the product. The product is served by its own server with its production settings; beside it,
in the same processes, stands a bare page of the framework (`floor`), so that every figure can be held against one.
"""
