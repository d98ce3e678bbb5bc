"""Readers' templates: the same sentences, addresses and escapes in each language, and no detour while a page is written."""

from datetime import UTC, datetime

import pytest
from django.template import TemplateDoesNotExist, TemplateSyntaxError, engines
from django.template.defaultfilters import filesizeformat, truncatechars
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext
from markupsafe import Markup, escape

from archive.browse.catalogue import template as catalogue
from archive.browse.templating import Readers, _Settled, environment

SOURCE = """{{ _("检索") }}|{{ pgettext("nav", "地区") }}|{{ url("places") }}|{{ url("place", code) }}|{{ url("place", odd) }}|{{ url("day", "2020", "02", "24") }}|{{ url("story", 3) }}|
{{ text }}|{{ safe }}|{{ lazy }}|{{ number }}|{{ nothing }}{{ nothing.at.all }}|{% for one in absent %}x{% else %}leer{% endfor %}|
{% trans trimmed %}空格隔开的词都要出现；加引号找原话，如“外防输入”；简体、繁体是同一次检索。{% endtrans %}|
{% trans n=number %}再列 {{ n }} 个{% pluralize n %}再列 {{ n }} 个{% endtrans %}|{% trans typed=text %}没有名称含“{{ typed }}”的值。{% endtrans %}|
{{ day|date("Y-m-d H:i") }}|{{ absent|date("Y") }}|{{ number|filesizeformat }}|{{ 0.256|floatformat(2) }}|{{ text|truncatechars(5) }}|{{ 2|stringformat("02d") }}"""


def made(language: str) -> str:
    with translation.override(language):
        return environment().from_string(SOURCE).render(
            code="510000", odd="a b?", text="<b>&\"'", safe=SafeString("<i>"), lazy=gettext_lazy("检索"), number=12345,
            absent=None, day=datetime(2020, 2, 24, 17, 5, tzinfo=UTC),
        )  # fmt: skip


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_what_a_template_says(language):
    with translation.override(language):
        expected = [
            gettext("检索"), pgettext("nav", "地区"), reverse("places"), reverse("place", args=["510000"]),
            reverse("place", args=["a b?"]), reverse("day", args=["2020", "02", "24"]), reverse("story", args=[3]),
        ]  # fmt: skip
        assert made(language).split("|")[:7] == expected
        words = made(language).replace("\n", "").split("|")[7:]
        assert words[:6] == ["&lt;b&gt;&amp;&#34;&#39;", "<i>", gettext("检索"), "12345", "", "leer"]
        assert words[6] == gettext("空格隔开的词都要出现；加引号找原话，如“外防输入”；简体、繁体是同一次检索。")
        assert words[7] == ngettext("再列 %(n)s 个", "再列 %(n)s 个", 12345) % {"n": 12345}
        assert words[8] == gettext("没有名称含“%(typed)s”的值。") % {"typed": "&lt;b&gt;&amp;&#34;&#39;"}
        assert words[9:11] == ["2020-02-25 01:05", ""]  # in the time of the site
        assert words[11:] == [filesizeformat(12345), "0.26", str(escape(truncatechars("<b>&\"'", 5))), "02"]


def test_what_depends_on_the_language_alone_is_written_when_a_template_is_compiled():
    """No sentence without a value, no constant address is looked up while a page is written."""
    with translation.override("en"):
        told = environment()
        code = told.compile('{{ _("检索") }}{{ url("places") }}{% trans %}检索{% endtrans %}{{ _(word) }}', raw=True)
    assert code.count(gettext_in("en", "检索")) == 2 and "/en/places/" in code
    assert code.count("gettext") <= 1 and "'_'" in code  # the one whose sentence is a value


def gettext_in(language: str, words: str) -> str:
    with translation.override(language):
        return gettext(words)


def test_each_language_has_its_own_templates_and_none_is_given_to_another():
    told = {}
    for language in ("zh-hans", "en", "zh-hant", "en", "zh-hans"):
        with translation.override(language):
            page = get_template("browse/saved.html").render({"language_tag": language})
        assert told.setdefault(language, page) == page
        assert gettext_in(language, "已存的检索") in page
    assert len(set(told.values())) == 3


def test_other_templates_are_left_to_the_next_engine():
    first = engines.all()[0]
    assert isinstance(first, Readers)
    for name in ("admin/base_site.html", "browse/no-such.html"):
        with pytest.raises(TemplateDoesNotExist):
            first.get_template(name)
    assert get_template("refused.html").backend is not first


def test_a_fault_is_told_with_its_place(tmp_path, settings):
    (tmp_path / "browse").mkdir()
    (tmp_path / "browse" / "bad.html").write_text("eins\n{% if %}", encoding="utf-8")
    engine = Readers({"NAME": "bad", "DIRS": [str(tmp_path)], "APP_DIRS": False, "OPTIONS": {"below": "browse/"}})
    with pytest.raises(TemplateSyntaxError) as told:
        engine.get_template("browse/bad.html")
    assert told.value.template_debug["line"] == 2


def test_sentences_of_templates_are_in_the_catalogue():
    found = {(str(one.id if isinstance(one.id, str) else one.id[0]), one.context): one for one in catalogue() if one.id}
    for key in (("逐段看改动", None), ("研究", "nav"), ("再列 %(n)s 个", None), ("篇", "count")):
        assert any(place.startswith("templates/browse/") for place, _line in found[key].locations), key


def test_what_is_written_is_escaped_as_by_markupsafe():
    for value in ("<甲 & \"乙\" 'x'>", 7, 1.5, True, None, SafeString("<b>甲</b>"), Markup("<i>")):
        assert _Settled.written(value) == str(escape(value))
    assert environment().from_string("{{ a.b }}{{ a.c }}{{ a.keys() | length }}").render(a={"b": "<"}) == "&lt;1"
