"""The catalogues are complete and compiled from what the sources say now; no page mixes its scripts."""

import io
import re
from html.parser import HTMLParser

import pytest
from babel.messages.pofile import read_po

from archive.browse import catalogue
from archive.browse.traditional import traditional
from tests.browse.test_pages import PAGES

FIELD = re.compile(r"%\((\w+)\)[sd]")


def test_every_message_is_translated():
    assert catalogue.missing(catalogue.refreshed()) == [], "run manage.py translations and fill in archive/locale/en"


def test_every_catalogue_is_current():
    for path, content in catalogue.files(catalogue.refreshed()).items():
        assert path.read_bytes() == content, f"{path}: run manage.py translations"


@pytest.mark.parametrize("folder", [catalogue.folder, catalogue.search_folder])
def test_traditional_chinese_has_every_message_that_english_has(folder):
    english, chinese = (
        read_po(io.BytesIO((folder(locale) / "django.po").read_bytes()), locale=locale) for locale in ("en", "zh_Hant")
    )
    assert {(one.id, one.context) for one in english} == {(one.id, one.context) for one in chinese}
    assert catalogue.missing(chinese) == []
    for message in chinese:
        ids, strings = (one if isinstance(one, tuple) else (one,) for one in (message.id, message.string))
        assert set(FIELD.findall(strings[-1])) == set(FIELD.findall(ids[-1])), ids[0]


def test_words_of_traditional_chinese():
    assert (
        traditional("检索“%(q)s”的结果：社区的文件，个人信息不公开")
        == "檢索「%(q)s」的結果：社區的檔案，個人資料不公開"
    )
    assert traditional("只在从前的版本里；这只说明收录的范围") == "只在從前的版本裡；這只說明收錄的範圍"


class _Words(HTMLParser):
    """The words of a page outside what is marked as another language, attributes that are read aloud included."""

    VOID = frozenset({"meta", "link", "input", "br", "img", "hr", "rect", "path", "wbr"})

    def __init__(self):
        super().__init__()
        self.tags, self.words = ["zh-Hant"], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        own = given.get("lang", self.tags[-1]) if tag not in ("script", "style", "code") else "none"
        if own == "zh-Hant":
            self.words += [given[name] for name in ("aria-label", "title", "alt", "placeholder") if given.get(name)]
            if tag == "meta" and given.get("name") == "description":
                self.words.append(given["content"])
        if tag not in self.VOID:
            self.tags.append(own)

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            self.tags.pop()

    def handle_data(self, data):
        if self.tags[-1] == "zh-Hant":
            self.words.append(data)


#: What readers typed, and names out of the invented pieces, which stay as they are.
DATA = re.compile("「[^」]*」|示例(?=[^」]).*")


@pytest.mark.parametrize(
    "path", [*PAGES, "/search/?q=绝没有的话&place=510000", "/search/receipt/?q=示例", "/saved/", "/x/"]
)
def test_no_simplified_character_on_a_traditional_page(client, archive, path):
    page = _Words()
    page.feed(client.get("/zh-hant" + path).content.decode())
    words = [DATA.sub("", one).strip() for one in page.words]
    assert not {one for one in words if traditional(one) != one} and len("".join(words)) > 100


def test_every_template_of_readers_is_one_of_jinja():
    """`{% translate %}`, `{% url %}` and `{% load %}` are Django's: see docs/architecture.md, Languages."""
    from django.template.loader import get_template

    for path in sorted((catalogue.base() / "templates" / "browse").rglob("*.*")):
        get_template(str(path.relative_to(catalogue.base() / "templates")))
