"""Pure functions on strings and bytes: decoding, damage and repair, script, folding, words, dates.

Nothing here knows Django or the database; every other room may import from here.
"""
