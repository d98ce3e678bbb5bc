"""Full-text search: analysis, the query language, the Whoosh engine behind haystack, facets and snippets."""
