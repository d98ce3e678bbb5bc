"""A whole site of so many passages: what haystack, pages and gunicorn cost on it.

`python -m benchmarks.site --articles 20000,100000` fills a site of its own once (kept in `benchmarks/.cache/`
by count and by the state of the collection, and migrated when the models change), then measures.
"""
