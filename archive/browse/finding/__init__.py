"""The search page: its state in the address, its links, its facets."""
