"""What makes pages quick changes nothing that they say: templates written out by language, names, counts kept by state of the index."""

import pytest
from django.template import Context, Engine
from django.test.utils import override_settings
from django.urls import reverse
from django.utils import translation

from archive.browse.finding.links import addressed
from archive.browse.names import names_in_line, place_name
from archive.browse.selectors.places import townships_of
from archive.catalog.models import Status
from archive.catalog.reading import cards_by_key
from archive.places.models import Region
from archive.search.engine.upkeep import rebuild, update
from tests import factories
from tests.factories import Made, make_article

SOURCE = """{% load i18n %}{% translate "检索" %}|{% translate "地区" context "nav" %}|{% url 'places' %}|{% url 'place' code %}|{{ text }}|{{ safe }}|{{ number }}|
{{ nothing }}|{% blocktranslate trimmed %}空格隔开的词都要出现；加引号找原话，如“外防输入”；简体、繁体是同一次检索。{% endblocktranslate %}|
{% for one in rows %}{% if one.a %}{% translate "检索" %}{{ one.a }}{% else %}{% translate "关于" %}{{ one.b|default:"—" }}{% endif %}{% empty %}{% translate "关于" %}{% endfor %}|
{% translate "检索" as kept %}{{ kept }}|{% autoescape off %}{{ text }}{% endautoescape %}|{% language "en" %}{% translate "检索" %}{% endlanguage %}|
{% blocktranslate count n=number %}再列 {{ n }} 个{% plural %}再列 {{ n }} 个{% endblocktranslate %}|{% url 'place' odd %}|
{% for a, b in pairs %}{{ forloop.counter }}{{ a }}{% endfor %}{% for a, b in pairs %}{{ a|default:b }}{% for one in b %}<{{ one }}>{% endfor %}{% endfor %}|{{ pairs.1.0 }}{{ pairs.9.0 }}|
{{ thing.name }}{{ thing.told }}{{ thing.secret }}{{ thing.nothing }}{{ mapping.items.0.0 }}{{ mapping.name }}{{ missing.name }}|{% if thing.told == "told" and number > 3 %}ja{% elif text %}nein{% endif %}|
{% blocktranslate with id=text trimmed %}没有名称含“{{ id }}”的值。{% endblocktranslate %}|{% for one in absent %}x{% empty %}{% translate "关于" %}{% endfor %}|{% with a=number %}{{ a }}{% endwith %}"""
#: A page in its frame, with what it includes; names given within an include or a block end with it.
FILES = {
    "frame.html": "{% load i18n %}<{% block title %}{% translate '检索' %}{% endblock %}|{% block main %}-{% block inner %}内{% endblock %}-{% endblock %}|{{ kept }}>",
    "middle.html": "{% extends 'frame.html' %}{% block main %}中{% block inner %}里{% endblock %}{% endblock %}",
    "page.html": "{% extends 'middle.html' %}{% load i18n %}{% block inner %}{% translate '关于' as kept %}{{ kept }}{% include 'part.html' with text=number %}{% include 'part.html' %}{{ left }}{% for one in rows %}{% include 'part.html' with text=one.b %}{% endfor %}{% endblock %}",
    "part.html": "{% load i18n %}[{{ text }}{% translate '检索' as left %}{{ left }}]",
    "above.html": "{% extends 'frame.html' %}{% block title %}{{ block.super }}上{% endblock %}",
    "over.html": "{% extends 'middle.html' %}{% block inner %}{{ block.super }}上{% include 'again.html' with rows=pairs %}{% endblock %}",
    "again.html": "{% for one in rows %}{% cycle 'a' 'b' %}{% include 'again.html' with rows=absent %}{% endfor %}",
}


class Thing:
    """What a template may ask of an object: an attribute, a method, what changes data, nothing."""

    name = "<名>"

    def told(self) -> str:
        return "told"

    def secret(self) -> str:
        raise AssertionError("changes data")

    secret.alters_data = True


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_a_template_written_out_says_the_same(language, settings, tmp_path):
    for name, source in {"one.html": SOURCE, **FILES}.items():
        (tmp_path / name).write_text(source, encoding="utf-8")
    tags = {"i18n": "django.templatetags.i18n"}
    plain = Engine(dirs=[str(tmp_path)], libraries=tags)
    settled = Engine(
        libraries=tags,
        loaders=[
            ("archive.browse.templates.PerLanguage", [("django.template.loaders.filesystem.Loader", [str(tmp_path)])])
        ],
    )
    values = {
        "code": "510000", "text": "<b>&\"'", "safe": translation.gettext_lazy("检索"), "number": 12345,
        "rows": [{"a": "<甲>"}, {"b": 0}, {"b": "乙"}], "odd": "a b?", "pairs": [("<一>", "xy"), ("", [1, None])],
        "thing": Thing(), "mapping": {"name": "名"}, "absent": None,
    }  # fmt: skip
    for active in ("zh-hans", language):  # the one that was read first is not given to the other
        with translation.override(active):
            for name in ("one.html", "page.html", "middle.html", "above.html", "over.html") * 2:
                told = settled.get_template(name).render(Context(dict(values)))
                assert told == plain.get_template(name).render(Context(dict(values))), name


@pytest.mark.django_db
def test_the_gazetteer_names_what_the_records_name():
    factories.make_regions()
    regions = list(Region.objects.with_chain())
    assert len(regions) > 40
    for language in ("zh-hans", "zh-hant", "en"):
        with translation.override(language):
            for region in regions:
                assert names_in_line(region.code, language) == tuple(map(place_name, region.chain())), region.code
    assert names_in_line("999999", "en") == ()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_addresses_of_many_values_are_those_of_reverse(language):
    with translation.override(language):
        for name, values in {"article": ("2f8k1m07", "甲 乙?", "a+b&c=d"), "place": ("510000",)}.items():
            assert [addressed(name)(one) for one in values] == [reverse(name, args=[one]) for one in values]


@pytest.mark.django_db
def test_what_is_published_or_withdrawn_shows_at_once(client, tmp_path, settings):
    """Counts, charts and maps of the whole archive are kept with a state of the index, and go with it."""
    settings.CAPTURE_DIR = tmp_path / "captures"
    connections = {"default": {**settings.HAYSTACK_CONNECTIONS["default"], "PATH": str(tmp_path / "index")}}
    with override_settings(HAYSTACK_CONNECTIONS=connections):
        regions = factories.make_regions()
        first = make_article(Made(number=1, title="示例村设卡", regions=[regions["510923"]], published="2020-02-24"))
        rebuild()

        def shown() -> dict[str, list[str]]:
            return {
                path: client.get(path).content.decode()
                for path in ("/", "/places/510000/", "/search/?q=示例村", "/en/")
            }

        def numbers(page: str) -> tuple[bool, bool]:
            return "2020年2月：1 篇" in page, "2020年3月：1 篇" in page

        before = shown()
        assert shown() == before and numbers(before["/"]) == (True, False)
        second = make_article(Made(number=2, title="示例村解封", regions=[regions["420106"]], published="2020-03-25"))
        update([second.pk])
        after = shown()
        assert "示例村解封" not in before["/"] and "示例村解封" in after["/"] and numbers(after["/"]) == (True, True)
        assert "</mark>解封" in after["/search/?q=示例村"] and "示例村解封" in after["/en/"]
        assert after["/places/510000/"] == before["/places/510000/"]
        # Withdrawn, and the index not told yet: no list shows it.
        type(first).objects.filter(pk=first.pk).update(status=Status.WITHDRAWN)
        assert "示例村设卡" not in client.get("/").content.decode()
        update([first.pk])
        assert numbers(client.get("/").content.decode()) == (False, True)


@pytest.mark.django_db
def test_a_card_needs_no_further_query(django_assert_num_queries):
    from archive.browse.selectors.cards import cards

    regions = factories.make_regions()
    made = [
        make_article(Made(number=1, title="", regions=[regions["510923"]], township="示例镇")),
        make_article(Made(number=2, title="村口設卡", script="Hant", captions=["圖為示例村。"])),
    ]
    with django_assert_num_queries(2):
        shown = cards(cards_by_key([one.pk for one in made]).values())
    with django_assert_num_queries(0):
        assert "示例镇" in shown.html and "村口設卡" in shown.html and shown.html.count("<li") == 2


@pytest.mark.django_db
def test_townships_are_those_of_published_articles_of_the_unit():
    regions = factories.make_regions()
    county, other = regions["510923"], regions["420106"]
    made = [make_article(Made(number=one, regions=[county], township="示例镇")) for one in range(3)]
    made += [make_article(Made(number=3, regions=[county], township="示范乡")), make_article(Made(number=4, regions=[other], township="他乡"))]  # fmt: skip
    assert townships_of(county) == [("示例镇", 3), ("示范乡", 1)]
    assert townships_of(regions["510900"]) == [("示例镇", 3), ("示范乡", 1)] and townships_of(other) == [("他乡", 1)]
    type(made[0]).objects.filter(pk=made[0].pk).update(status=Status.WITHDRAWN)
    type(made[1]).objects.filter(pk=made[1].pk).update(access="staff")
    assert dict(townships_of(county)) == {"示例镇": 1, "示范乡": 1}
