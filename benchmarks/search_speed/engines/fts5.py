"""SQLite's full-text index, the one that comes with Python."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from ..corpus import Passage, bigrams, phrase_tokens
from ..queries import Query


class Engine:
    version = f"fts5-{sqlite3.sqlite_version}"

    def __init__(self, folder: Path) -> None:
        self.path = folder / "fts5.sqlite3"

    def build(self, rows: Sequence[Passage]) -> None:
        db = sqlite3.connect(self.path)
        db.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
            "CREATE VIRTUAL TABLE t USING fts5(body, content='', tokenize='ascii');"
            "CREATE TABLE c(id INTEGER PRIMARY KEY, day INTEGER, province TEXT, outlet TEXT, text TEXT);"
            "CREATE INDEX c_day ON c(day); CREATE INDEX c_province ON c(province);"
        )
        with db:
            db.executemany(
                "INSERT INTO t(rowid, body) VALUES (?, ?)",
                ((row.key, " ".join(bigrams(row.title + "\ue0ff" + row.text))) for row in rows),
            )
            db.executemany(
                "INSERT INTO c VALUES (?, ?, ?, ?, ?)",
                ((r.key, r.number_of_day, r.province, r.outlet, r.text) for r in rows),
            )
        db.execute("INSERT INTO t(t) VALUES('optimize')")
        db.commit()
        db.close()

    def open(self) -> None:
        self.db = sqlite3.connect(self.path)
        self.db.execute("PRAGMA mmap_size=2000000000")

    def run(self, query: Query) -> tuple[int, list[int]]:
        where, values = ["1"], []
        if query.phrases:
            joiner = " AND " if query.joined == "and" else " OR "
            where.append("t MATCH ?")
            values.append(
                joiner.join('"' + " ".join(phrase_tokens(phrase)).replace('"', "") + '"' for phrase in query.phrases)
            )
        if query.province:
            where.append("c.province = ?")
            values.append(query.province)
        if query.days:
            where.append("c.day BETWEEN ? AND ?")
            values.extend(map(str, query.days))
        source = ("t JOIN c ON c.id = t.rowid" if query.phrases else "c") + " WHERE " + " AND ".join(where)
        order = "c.day DESC, c.id" if query.newest_first else "t.rank, c.id" if query.phrases else "c.id"
        total = self.db.execute(f"SELECT count(*) FROM {source}", values).fetchone()[0]
        keys = [
            row[0]
            for row in self.db.execute(
                f"SELECT c.id FROM {source} ORDER BY {order} LIMIT {query.limit} OFFSET {query.offset}", values
            )
        ]
        if query.facets:
            for column in ("c.province", "c.outlet", "c.day / 100"):
                self.db.execute(f"SELECT {column}, count(*) FROM {source} GROUP BY 1", values).fetchall()
        return total, keys
