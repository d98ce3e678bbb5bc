"""The page as it was received: every word of it, and nothing that runs, loads, or leads to another place than it said."""

import hashlib
import html

import lxml.html
import pytest

from archive.browse.reading import received
from archive.browse.reading.received import TooLong, harmless, text_of
from archive.catalog import store
from archive.catalog.models import Capture
from archive.catalog.services import withdraw
from tests.factories import Made, make_article

STAYING = received.TAGS - {"h1"}
#: What has led browsers to run something, or to ask another host: by element, attribute, scheme, namespace, and mended markup.
HOSTILE = (
    "<script>window.ran=1</script>", "<scr<script>ipt>window.ran=1</scr</script>ipt>", "<img src=x onerror=window.ran=1>",
    "<svg onload=window.ran=1><a xlink:href='javascript:window.ran=1'><text>甲</text></a></svg>", "<svg><style><img src=x onerror=window.ran=1></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=window.ran=1&gt;'>",
    "<a href='javascript:window.ran=1'>甲</a>", "<a href=' java\nscript:window.ran=1'>甲</a>", "<a href='&#106;avascript:window.ran=1'>甲</a>",
    "<a href='data:text/html,<script>window.ran=1</script>'>甲</a>", "<a href='vbscript:x'>甲</a>", "<a href='\x01javascript:window.ran=1'>甲</a>",
    "<p style='background:url(https://example.net/a.png)' onclick=window.ran=1>甲</p>", "<link rel=stylesheet href=https://example.net/a.css>",
    "<style>@import 'https://example.net/a.css';</style>", "<iframe src=https://example.net/ srcdoc='<script>window.ran=1</script>'></iframe>",
    "<object data=https://example.net/a></object><embed src=https://example.net/a>", "<form action=https://example.net/><input autofocus onfocus=window.ran=1><button formaction='javascript:window.ran=1'>甲</button></form>",
    "<base href=https://example.net/>", "<meta http-equiv=refresh content='0;url=https://example.net/'>", "<video src=https://example.net/v poster=https://example.net/p onerror=window.ran=1></video>",
    "<noscript><p title='</noscript><img src=x onerror=window.ran=1>'></noscript>", "<template><script>window.ran=1</script></template>",
    "<title><img src=x onerror=window.ran=1></title>", "<textarea><img src=x onerror=window.ran=1></textarea>", "<select><option><style></select><img src=x onerror=window.ran=1>",
    "<div id=main class=top name=form dir=rtl lang=x tabindex=1 contenteditable hidden popover>甲</div>", "<table background=https://example.net/t.png><tr><td colspan=999999 rowspan=-1 width=9e9>甲</td></tr></table>",
    "<plaintext>甲", "<xmp><img src=x onerror=window.ran=1></xmp>", "<!--[if IE]><script>window.ran=1</script><![endif]-->", "<?php echo 1 ?><![CDATA[<script>window.ran=1</script>]]>",
    "<details open ontoggle=window.ran=1><summary>甲</summary></details>", "<marquee onstart=window.ran=1>甲</marquee>", "<h1>甲</h1><header><main><nav>乙</nav></main></header>",
    "<p>" + "<b>" * 200 + "甲", "<a href='https://example.org/" + "甲" * 5000 + "'>乙</a>", "\x00<scr\x00ipt>window.ran=1</script>", "＜script＞甲＜/script＞",
)  # fmt: skip


@pytest.fixture(autouse=True)
def captures(settings, tmp_path):
    settings.CAPTURE_DIR = tmp_path / "captures"


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda one: one[:24].encode("ascii", "backslashreplace").decode())
@pytest.mark.parametrize("address", ["", "https://example.org/a/1.html"])
def test_nothing_runs_loads_or_misleads(hostile, address):
    shown = harmless(f"<body><p>头</p>{hostile}<p>尾", address)
    page = lxml.html.fragment_fromstring(shown, create_parent="div")
    for element in list(page.iter())[1:]:
        assert element.tag in STAYING
        for name, value in element.attrib.items():
            if element.tag == "a":
                assert (name == "rel" and "noopener" in value) or (
                    name == "href" and value.startswith(("https://", "http://"))
                )
            else:
                assert element.tag in ("td", "th") and name in ("colspan", "rowspan") and 0 < int(value) <= 1000
    assert "头" in page.text_content()
    assert harmless(shown, address) == shown


@pytest.mark.parametrize("kind", ["p", "td", "li", "h3", "blockquote", "strong", "span", "pre"])
def test_words_stay_as_they_are(kind):
    words = "村口“设卡”登记 <车辆> &amp; 1<2，体温36.5℃。"
    page = lxml.html.fragment_fromstring(harmless(f"<{kind}>{html.escape(words)}</{kind}>"), create_parent="div")
    assert page.text_content() == words


def test_links_lead_where_the_page_said():
    address = "https://example.org/news/2020/1.html"
    shown = harmless(
        "<a href='2.html'>二</a><a href='/index'>首页</a><a href='//example.com/x'>别处</a><a href='#top'>顶</a>",
        address,
    )
    assert [one.get("href") for one in lxml.html.fragment_fromstring(shown, create_parent="div").iter("a")] == [
        "https://example.org/news/2020/2.html", "https://example.org/index", "https://example.com/x", address + "#top",
    ]  # fmt: skip
    assert "href" not in harmless("<a href='2.html'>二</a>")


@pytest.mark.parametrize("piece", ["<div>", "<ul><li>", "<b>", "<table><tr><td>", "<x-y>"])
def test_a_page_nested_without_end_is_refused_at_once_and_one_of_many_elements_is_shown(piece):
    with pytest.raises(TooLong):
        harmless(piece * 60_000)
    assert "甲" in harmless(piece * 200 + "甲")
    assert harmless("<li>甲<p>乙<br><img>" * 10_000).count("乙") == 10_000


def test_what_stands_in_a_field_or_beside_scripts_is_told():
    shown = harmless(
        "<textarea>自2月3日起封村。</textarea><noscript><p>请打开脚本</p></noscript><select><option>甲</select>"
    )
    assert "自2月3日起封村。" in shown and "请打开脚本" in shown and "甲" in shown


def test_tables_keep_their_shape():
    shown = harmless("<table><tr><th colspan=2>姓名</th></tr><tr><td>甲</td><td rowspan='2'>乙</td></tr></table>")
    assert 'colspan="2"' in shown and 'rowspan="2"' in shown and shown.count("<td") == 2


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16"])
def test_bytes_become_the_text_they_are(encoding):
    text = "<html><body><p>臺灣示例縣的村口設卡登記車輛，測量體溫。</p></body></html>"
    assert text_of(text.encode(encoding), encoding) == text
    assert text_of(b"\xff\xfe\xff", "no such encoding")


def as_page(article, markup: str) -> None:
    """Let the article be received as this page."""
    data = markup.encode()
    sha256 = store.store(data).sha256
    assert sha256 == hashlib.sha256(data).hexdigest()
    capture = Capture.objects.create(sha256=sha256, size=len(data), media_type="text/html; charset=utf-8")
    version = article.current_version
    version.capture, version.source_url = capture, "https://example.org/a/1.html"
    version.save()


def test_the_received_page_is_shown_below_its_article(db, client, search_engine, django_assert_max_num_queries):
    article = make_article(Made(number=1))
    as_page(
        article,
        "<h1>示例村的值守</h1><script>window.ran=1</script><p>村口登记。<img src=a.png></p><a href=b.html>乙</a>",
    )
    address = f"/articles/{article.public_id}/received/"
    assert address in client.get(f"/articles/{article.public_id}/").content.decode()
    with django_assert_max_num_queries(12):
        response = client.get(address)
    text = response.content.decode()
    assert response.status_code == 200 and response["X-Robots-Tag"] == "noindex"
    assert "<h2>示例村的值守</h2>" in text and "村口登记。" in text and 'href="https://example.org/a/b.html"' in text
    assert "window.ran" not in text and "a.png" not in text
    assert client.get("/en" + address).status_code == 200
    withdraw(article=article, reason="示例理由")
    assert client.get(address).status_code == 410


@pytest.mark.parametrize("closing", ["snippet", "restricted"])
def test_it_is_closed_where_the_bytes_are(db, client, search_engine, closing):
    article = make_article(Made(number=1, access="snippet" if closing == "snippet" else "full"))
    as_page(article, "<p>村口的秘密</p>")
    Capture.objects.filter(pk=article.current_version.capture_id).update(restricted=closing == "restricted")
    response = client.get(f"/articles/{article.public_id}/received/")
    assert response.status_code == 403 and "秘密" not in response.content.decode()


def test_what_is_no_page_or_too_long_or_lost_is_told(db, client, search_engine, monkeypatch):
    article = make_article(Made(number=1, keep_bytes=True))
    address = f"/articles/{article.public_id}/received/"
    assert "不是以网页收到的" in client.get(address).content.decode()
    assert address not in client.get(f"/articles/{article.public_id}/").content.decode()
    as_page(article, "<p>甲</p>")
    monkeypatch.setattr(received, "MOST", 3)
    assert client.get(address).status_code == 413
    with pytest.raises(TooLong):
        harmless("<p>甲")
    store.path_of(article.current_version.capture.sha256).unlink()
    assert client.get(address).status_code == 503
