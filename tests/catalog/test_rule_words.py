"""Every rule that the rooms of extraction and places write into evidence has words."""

import re
from pathlib import Path

import archive
from archive.catalog.rule_words import rule_words

ROOT = Path(archive.__file__).parent
#: What looks like a rule and is none: kinds of furniture, flags that no evidence has, tags of languages.
NO_RULES = {"second-copy", "second-copy-dropped", "zh-hans", "zh-hant"}
#: Rules of one word, where a rule stands: a string alone would be any word.
ONE_WORD = re.compile(
    r'(?:NUMBERED|TRAVEL|\w*RULE|rule) = "([a-z]+)"|(?:_stated\(piece, mention|Stated\(moment), "([a-z]+)"'
)


def written() -> set[str]:
    files = [*ROOT.glob("ingest/extract/*.py"), ROOT / "ingest/pipeline.py", *ROOT.glob("places/*.py")]
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    one_word = {name for pair in ONE_WORD.findall(text) for name in pair if name}
    return {*re.findall(r'"([a-z]+(?:-[a-z]+)+)"', text), *one_word} - NO_RULES


def test_rules_that_are_put_together_are_told_by_their_parts() -> None:
    assert rule_words("date-line+address") == f"{rule_words('date-line')} + {rule_words('address')}"
    assert rule_words("markup:pubdate") == "网页代码“pubdate”"
    assert rule_words("inferred-year") == "推断的年份"
    assert rule_words("markup:pubdate+address-month") == "网页代码“pubdate” + 网址里的月份"
    assert rule_words("column 日期+时间") == "列“日期+时间”"  # the name of a column is its own


def test_every_rule_has_words() -> None:
    rules = written()
    assert {"printed-in", "signature", "travel-history", "numbered-institution", "title-from-trail"} <= rules
    assert sorted(rule for rule in rules if rule_words(rule) == rule) == []
