"""The readings of single Chinese characters, from pypinyin's table of them alone.

To import the package costs 55 MB, for its table of phrases, which nothing here asks for; so the file of
the one table is read by itself.
"""

from __future__ import annotations

import functools
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path


@functools.cache
def readings_by_code() -> dict[int, str]:
    """Code point → its readings with tone marks, the commonest first, parted by commas (some 9 MB, read at first use)."""
    package = find_spec("pypinyin")
    assert package is not None
    assert package.origin is not None
    table = spec_from_file_location("pypinyin_single", Path(package.origin).with_name("pinyin_dict.py"))
    assert table is not None
    assert table.loader is not None
    module = module_from_spec(table)
    table.loader.exec_module(module)
    found: dict[int, str] = module.pinyin_dict
    return found
