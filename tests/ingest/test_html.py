"""HTML pages: what is the piece and what stands around it, whatever the page is made of."""

import pytest

from archive.ingest.extract.html import HtmlError, looks_like_html, read_html
from archive.ingest.pipeline import read_page
from archive.text.repair import repair

FIRST = "示例县柳湾村的志愿者连日来在村口设卡登记，为过往的村民测量体温，并把口罩送到独居老人的家里。"
SECOND = "村党支部书记说：“党员排了班，一天三趟，米面油和药品都由我们送到门口，请大家放心。”"
THIRD = "截至目前，全村共发放口罩三百余只，消毒液四十桶，没有一户村民缺少生活用品。"


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>柳湾村守好村口_示例网</title>{head}</head><body>{body}</body></html>".encode()


def article(*paragraphs: str) -> str:
    return "<h1>柳湾村守好村口</h1><div>" + "".join(f"<p>　　{text}</p>" for text in paragraphs) + "</div>"


def only(data: bytes):
    read = read_page(data, file="页.html", media_type="text/html")
    assert len(read.drafts) == 1, read.skipped
    return read.drafts[0]


def test_title_and_paragraphs_are_read_without_menus_and_related_links():
    menu = "<ul>" + "".join(f"<li><a href='/{i}'>栏目{i}</a></li>" for i in range(9)) + "</ul>"
    related = (
        "<h4>相关新闻</h4><ul>"
        + "".join(f"<li><a href='/{i}'>别处的另一条新闻标题{i}</a></li>" for i in range(6))
        + "</ul>"
    )
    draft = only(page(menu + article(FIRST, SECOND, THIRD) + related))
    assert draft.title == "柳湾村守好村口"
    assert draft.body == "\n\n".join([FIRST, SECOND, THIRD])


def test_scripts_styles_and_hidden_text_are_never_shown():
    noise = "<script>var text='疫情防控脚本里的中文不是正文，绝不能出现在页面上。'</script><style>p{color:red}</style><noscript>请打开脚本</noscript>"
    read = read_page(page(noise + article(FIRST, SECOND + "<script>alert('坏')</script>", THIRD)), file="页.html")
    everything = read.extracted + read.drafts[0].body + "".join(passage.text for passage in read.drafts[0].furniture)
    for word in ("脚本", "alert", "color", "坏"):
        assert word not in everything


def test_paragraphs_that_only_line_breaks_divide_stay_apart():
    body = f"<h1>柳湾村守好村口</h1><div id='c'>{FIRST}<br><br>{SECOND}<br/>{THIRD}</div>"
    assert only(page(body)).body == "\n\n".join([FIRST, SECOND, THIRD])


def test_a_body_in_a_layout_table_is_prose_and_not_a_table():
    body = f"<table><tr><td><h1>柳湾村守好村口</h1></td></tr><tr><td>{FIRST}</td></tr><tr><td>{SECOND}</td></tr><tr><td>{THIRD}</td></tr></table>"
    draft = only(page(body))
    assert {block.kind for block in draft.blocks} == {"paragraph"}
    assert FIRST in draft.body
    assert THIRD in draft.body


def test_lists_tables_and_captions_keep_their_kind():
    extra = "<ul><li>一是把好村口，外来车辆一律登记，外出返乡人员主动报备。</li></ul>"
    table = "<table><tr><th>村组</th><th>口罩（只）</th></tr><tr><td>一组，含新居</td><td>120</td></tr></table>"
    figure = "<figure><img src='a.jpg'><figcaption>志愿者在村口值守。示例记者甲摄</figcaption></figure>"
    draft = only(page(article(FIRST, SECOND).replace("</div>", extra + table + figure + f"<p>{THIRD}</p></div>")))
    kinds = {block.text: block.kind for block in draft.blocks}
    assert kinds["一是把好村口，外来车辆一律登记，外出返乡人员主动报备。"] == "list"
    assert any(kind == "table" and " | " in text for text, kind in kinds.items())
    assert "示例记者甲摄" not in draft.body
    assert any("示例记者甲摄" in caption.text for caption in draft.captions)


def test_a_teaser_inside_the_body_does_not_cut_it():
    teaser = "<p>推荐阅读</p><ul><li><a href='/1'>另一条新闻</a></li></ul>"
    body = article(FIRST, SECOND, THIRD, "X").replace(
        "<p>　　X</p>", teaser + "<p>" + "村民们表示，大家齐心，村子就守得住，春耕也不会耽误。" + "</p>"
    )
    draft = only(page(body))
    assert draft.body.endswith("春耕也不会耽误。")
    assert "推荐阅读" not in draft.body


def test_gb18030_under_a_label_of_gb2312_is_read_whole():
    source = page(
        article(FIRST, SECOND, "村医㛃大夫和志愿者镕、堃、喆三人值守到深夜，逐户询问有没有发热的人。")
    ).decode()
    data = source.replace("charset='utf-8'", "charset='gb2312'").encode("gb18030")
    read = read_page(data, file="页.html")
    assert read.encoding == "gb18030"
    assert "㛃大夫和志愿者镕、堃、喆" in read.drafts[0].body


@pytest.mark.parametrize("charset", ["latin-1", "iso-8859-15"])
@pytest.mark.parametrize("twice", [False, True])
def test_a_page_that_was_read_wrong_as_a_whole_is_mended_and_can_be_undone(charset, twice):
    source = page(article(FIRST, SECOND, THIRD) + "<div>版权所有</div>").decode()
    wrong = source.encode("gb18030").decode(charset)
    if twice:
        wrong = wrong.encode().decode("latin-1")
    read = read_page(wrong.encode(), file="页.html", media_type="text/html")
    assert read.drafts[0].title == "柳湾村守好村口"
    assert THIRD in read.drafts[0].body
    assert repair(read.extracted).layer.undo().text == read.extracted


def test_deep_nesting_and_broken_markup_are_read():
    deep = "<div>" * 400 + f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>" + "</div>" * 400
    assert FIRST in only(page("<h1>柳湾村守好村口</h1>" + deep)).body
    broken = f"<h1>柳湾村守好村口<div><p>{FIRST}<p>{SECOND}</span></b><td><p>{THIRD}<table><tr>"
    draft = only(page(broken))
    assert all(text in draft.body for text in (FIRST, SECOND, THIRD))


def test_markup_without_a_page_has_a_sentence():
    with pytest.raises(HtmlError, match="HTML"):
        read_html("")
    read = read_page(b"<html><body><script>1</script></body></html>", file="空.html")
    assert read.drafts == []
    assert read.skipped[0].reason.endswith("。")


@pytest.mark.parametrize("text", ["<!DOCTYPE html><p>一", "<html>", "  <div><p>一</p><p>二</p></div>"])
def test_pages_are_told_by_their_head(text):
    assert looks_like_html(text)


@pytest.mark.parametrize("text", ["柳湾村消息 < 三人 > 值守", "", "《示例日报》<第二版>"])
def test_plain_text_is_not_taken_for_a_page(text):
    assert not looks_like_html(text)


def test_a_headline_in_a_font_tag_is_found_by_the_head_of_the_page():
    page = (
        "<html><head><title>示例乡战疫一线党旗红_县区新闻_示例网</title></head><body><table><tr><td><font size=5><b>"
        "示例乡战疫一线党旗红</b></font></td></tr><tr><td>2020年02月20日 来源:示例日报</td></tr><tr><td>连日来，示例县各村党员先锋岗前，"
        "党员们戴着袖章，坚守在疫情防控卡点的寒风中，劝返外来车辆。<br><br>截至目前，全县设立卡点17个，112名党员主动请战，日夜轮流值守不松劲。"
        "</td></tr></table></body></html>"
    )
    assert read_page(page.encode(), file="a.html", media_type="text/html").drafts[0].title == "示例乡战疫一线党旗红"
