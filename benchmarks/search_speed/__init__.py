"""Search speed: the archive's engine beside SQLite FTS5, Tantivy, Xapian and stock Whoosh.

Every engine holds the same tokens (bigrams of the folded text at character positions, so that a
quoted string is found exactly), the same columns, and answers the same queries in its own process.
"""
