"""Whole pages with the exact truth of every field: shared by the tests and `make evaluate`.

Heads, bylines, datelines, decoys, furniture and feet are patterns of kinds of page that were seen; each
names its kind. Places, days, people and outlets are drawn; the prose is invented, or drawn from
../shared/corpus when it runs. `archive.ingest.extract` never reads any of it.
"""
