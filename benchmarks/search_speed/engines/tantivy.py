"""Tantivy through its Python package."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from archive.text.words import word_list

from ..corpus import Passage, bigrams, phrase_tokens
from ..queries import Query
from . import NotPresent

try:
    import tantivy
except ImportError as error:  # pragma: no cover
    raise NotPresent("pip install tantivy") from error


def _version() -> str:
    try:
        return f"tantivy-{version('tantivy')}-words"
    except PackageNotFoundError:
        return "tantivy"


def _document(row: Passage) -> tantivy.Document:
    return tantivy.Document(
        body=" ".join(bigrams(row.title + "\ue0ff" + row.text)),
        words=" ".join(word_list(row.title + "\ue0ff" + row.text)),
        key=row.key,
        day=row.number_of_day,
        month=row.number_of_day // 100,
        province=row.province,
        outlet=row.outlet,
    )


class Engine:
    version = _version()

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def build(self, rows: Sequence[Passage]) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("body", stored=False, tokenizer_name="whitespace", index_option="position")
        # Words as in ours, so that building and size compare; the queries measured ask for strings.
        builder.add_text_field("words", stored=False, tokenizer_name="whitespace", index_option="freq")
        builder.add_integer_field("key", stored=True, indexed=True, fast=True)
        builder.add_integer_field("day", indexed=True, fast=True)
        builder.add_integer_field("month", indexed=True, fast=True)
        builder.add_text_field("province", tokenizer_name="raw", index_option="basic", fast=True)
        builder.add_text_field("outlet", tokenizer_name="raw", index_option="basic", fast=True)
        index = tantivy.Index(builder.build(), path=str(self.folder))
        writer = index.writer(heap_size=400_000_000, num_threads=2)
        for row in rows:
            writer.add_document(_document(row))
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        self.index = tantivy.Index.open(str(self.folder))
        self.index.reload()
        self.searcher = self.index.searcher()

    def save(self, row: Passage) -> int:
        writer = self.index.writer(heap_size=50_000_000, num_threads=1)
        writer.delete_documents_by_term("key", row.key)
        writer.add_document(_document(row))
        writer.commit()
        self.open()
        return int(self.searcher.num_docs)

    def _query(self, query: Query) -> tantivy.Query:
        schema, occur = self.index.schema, tantivy.Occur
        texts = []
        for phrase in query.phrases:
            tokens = phrase_tokens(phrase)
            texts.append(
                tantivy.Query.term_query(schema, "body", tokens[0])
                if len(tokens) == 1
                else tantivy.Query.phrase_query(schema, "body", tokens)
            )
        parts = [(occur.Must if query.joined == "and" else occur.Should, text) for text in texts]
        if query.joined == "or" and (query.province or query.days):
            parts = [(occur.Must, tantivy.Query.boolean_query(parts))]
        if query.province:
            term = tantivy.Query.term_query(schema, "province", query.province, "basic")
            parts.append((occur.Must, tantivy.Query.const_score_query(term, 0.0)))
        if query.days:
            days = tantivy.Query.range_query(schema, "day", tantivy.FieldType.Integer, *query.days)
            parts.append((occur.Must, tantivy.Query.const_score_query(days, 0.0)))
        if not parts:
            return tantivy.Query.all_query()
        return parts[0][1] if len(parts) == 1 else tantivy.Query.boolean_query(parts)

    def run(self, query: Query) -> tuple[int, list[int]]:
        parsed = self._query(query)
        order = {"order_by_field": "day"} if query.newest_first else {}
        result = self.searcher.search(parsed, limit=query.limit, offset=query.offset, count=True, **order)
        addresses = [address for _score, address in result.hits]
        keys = [int(key) for key in self.searcher.fast_field_values("key", addresses)] if addresses else []
        if query.facets:
            terms = {name: {"terms": {"field": name, "size": 1000}} for name in ("province", "outlet", "month")}
            self.searcher.aggregate(parsed, terms)
        return int(result.count), keys

    def snippets(self, query: Query, texts: Sequence[str]) -> list[str]:
        """By its own generator, over the tokens of each text."""
        maker = tantivy.SnippetGenerator.create(self.searcher, self._query(query), self.index.schema, "body")
        maker.set_max_num_chars(240)  # of bigrams parted by blanks: eighty characters
        return [maker.snippet_from_doc(tantivy.Document(body=" ".join(bigrams(text)))).to_html() for text in texts]
