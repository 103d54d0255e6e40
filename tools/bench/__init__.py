"""What `make bench` does: fill a scratch database with a state's worth of synthetic people, serve it, measure the pages.

Nothing here is part of the product. The product is served by its own server with its production settings; beside it, in
the same processes, stands a bare page of the framework (`floor`), so that every figure has something to be held against.
"""
