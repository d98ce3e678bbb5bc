"""Make archive/places/data from the tables of china-division (MIT), as they lie in one folder.

Run it again when a table is corrected; the result is committed, the tables are not.
"""

import csv
import io
import json
import lzma
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.places.romanisation import english_name
from archive.places.surfaces import short_name

EDITIONS = ("2019-10-31", "2020-06-30", "2021-10-31", "2022-10-31")
REFERENCE = "2020-06-30"
#: Rows of the tables that are no names of places.
FILLERS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
SPECIAL = {"710000": "台湾省", "810000": "香港特别行政区", "820000": "澳门特别行政区"}
DATA = Path(__file__).resolve().parents[2] / "data"
_COMMITTEE = re.compile("(村民委员会|居民委员会|社区居委会|村委会|居委会|牧民委员会|牧委会|虚拟社区|委员会)$")


class Command(BaseCommand):
    help = "Makes the division data of the places room from the tables of china-division."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("tables", type=Path, help="folder with modood_*.csv, streets_*.csv, villages_*.csv(.zst)")

    def handle(self, *args: Any, **options: Any) -> None:
        tables: Path = options["tables"]
        if not tables.is_dir():
            raise CommandError(f"{tables} is no folder")
        rows = divisions(tables)
        lines = ["code\tname\tshort\tkind\tparent\tfirst\tlast\tenglish\tother_names"]
        lines += ["\t".join(row) for row in rows]
        (DATA / "divisions.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        counts = {
            "divisions": len(rows),
            "townships": townships(tables),
            "villages": villages(tables),
            "parts": parts(tables),
        }
        self.stdout.write(json.dumps(counts))


def read(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a CSV file, or of the same file with .zst behind its name."""
    if path.exists():
        text = path.read_text(encoding="utf-8")
    else:
        import zstandard  # a tool of development, not of the site

        packed = path.with_name(path.name + ".zst")
        if not packed.exists():
            raise CommandError(f"{path} is missing")
        with packed.open("rb") as stream:
            text = zstandard.ZstdDecompressor().stream_reader(stream).read().decode("utf-8")
    yield from csv.DictReader(io.StringIO(text))


def is_zone(code: str) -> bool:
    """Statistical zones carry 71 to 80 at county level; GB/T 2260 does not know them."""
    return 71 <= int(code[4:6]) <= 80


def divisions(tables: Path) -> list[tuple[str, ...]]:
    """Provinces, prefectures, counties and zones of all editions, one row a code, the reference's name first."""
    rows: list[tuple[str, ...]] = []
    for row in read(tables / f"modood_{REFERENCE}_provinces.csv"):
        code = row["code"] + "0000"
        rows.append(
            (
                code,
                row["name"],
                short_name(row["name"], "province"),
                "province",
                "",
                "",
                "",
                english_name(row["name"], "province"),
                "",
            )
        )
    for code, name in SPECIAL.items():
        rows.append(
            (code, name, short_name(name, "province"), "province", "", "", "", english_name(name, "province"), "")
        )
    prefectures = {r["code"] + "00": r["name"] for r in read(tables / f"modood_{REFERENCE}_cities.csv")}
    for code, name in prefectures.items():
        if name not in FILLERS:
            rows.append(
                (
                    code,
                    name,
                    short_name(name, "prefecture"),
                    "prefecture",
                    code[:2] + "0000",
                    "",
                    "",
                    english_name(name, "prefecture"),
                    "",
                )
            )
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for edition in EDITIONS:
        for row in read(tables / f"modood_{edition}_areas.csv"):
            names[row["code"]][edition] = row["name"]
    for code, by_edition in sorted(names.items()):
        if code in prefectures:
            continue  # 东莞, 中山, 儋州: prefectures without counties
        held = [e for e in EDITIONS if e in by_edition]
        name = by_edition.get(REFERENCE) or by_edition[held[0]]
        if name in FILLERS:
            continue
        zone = is_zone(code)
        parent = code[:4] + "00"
        if prefectures[parent] in FILLERS:
            parent = code[:2] + "0000"
        rows.append((
            code, name, "" if zone else short_name(name, "county"), "zone" if zone else "county", parent,
            "" if held[0] == EDITIONS[0] else held[0][:4], "" if held[-1] == EDITIONS[-1] else held[-1][:4],
            english_name(name, "county"), ",".join(sorted(set(by_edition.values()) - {name})),
        ))  # fmt: skip
    return rows


def townships(tables: Path) -> int:
    """One line a county: its code, then `last three digits|name|English name` of each township."""
    by_county: dict[str, list[str]] = defaultdict(list)
    for row in read(tables / f"streets_{REFERENCE}.csv"):
        by_county[row["code"][:6]].append(f"{row['code'][6:]}|{row['name']}|{english_name(row['name'], 'township')}")
    return pack("townships.tsv.xz", by_county)


def villages(tables: Path) -> int:
    """One line a township: its code, then the names of its villages and communities without 村委会, 居委会."""
    by_township: dict[str, list[str]] = defaultdict(list)
    for row in read(tables / f"villages_{REFERENCE}.csv"):
        name = _COMMITTEE.sub("", row["name"].replace("（", "(").replace("）", ")"))
        if len(name) > 2:
            name = re.sub("(社区|村)$", "", name)
        by_township[row["code"][:9]].append(name)
    return pack("villages.tsv.xz", by_township)


def pack(name: str, lines: dict[str, list[str]]) -> int:
    text = "\n".join(code + "\t" + "\t".join(entries) for code, entries in sorted(lines.items()))
    (DATA / name).write_bytes(lzma.compress(text.encode("utf-8"), preset=9 | lzma.PRESET_EXTREME))
    return sum(map(len, lines.values()))


def english_part(name: str, *, city: bool = False) -> str:
    """English name of a part of Hong Kong, Macao or Taiwan (Pinyin, as everywhere in the table)."""
    return english_name(name, "prefecture" if city else "township" if name[-1] in "乡镇" else "county")


def parts(tables: Path) -> int:
    """Cities, counties and districts of Hong Kong, Macao and Taiwan: the table has no codes for them."""
    held = json.loads((tables / "modood_HK-MO-TW.json").read_text(encoding="utf-8"))
    codes = {name: code for code, name in SPECIAL.items()}
    lines = ["province\tabove\tname\tenglish"]
    for province, areas in held.items():
        for area, names in areas.items():
            lines.append(f"{codes[province]}\t\t{area}\t{english_part(area, city=True)}")
            plain = [re.sub("（.*?）", "", printed) for printed in names]
            lines += [f"{codes[province]}\t{area}\t{name}\t{english_part(name)}" for name in plain]
    (DATA / "parts.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines) - 1
