"""The earner's pages: thin, one module for each thing that somebody comes to do."""
