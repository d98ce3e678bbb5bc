"""A place that only a line beside the body names: a lead that structure left out, a caption."""

from archive.ingest.pipeline import read_page
from archive.ingest.places import places_of
from archive.ingest.records import Passage
from tests.ingest.fields_pages import page_of


def test_a_lead_line_or_caption_tells_the_place_where_the_body_does_not() -> None:
    lead = "农历新年，广德市卢村乡各村的党员干部以多种形式加强防控。"
    page = page_of(head=lead, body="农历正月是办酒席的高峰期。各村在出省的道路设卡，测量体温，劝导村民不走动。")
    story = page.stories[0]
    about, _, _ = places_of(None, page.text[story.blocks[0].start :], story, page, **dict.fromkeys(KEYS))
    assert about is None
    start = page.text.index(lead)
    story.furniture.append(Passage("line", lead, start, start + len(lead)))
    about, _, _ = places_of(None, page.text[story.blocks[0].start :], story, page, **dict.fromkeys(KEYS))
    assert about is not None
    assert about.code == "341882"


KEYS = ("dateline", "outlet_region", "page_region", "issuer", "when")


def test_a_headline_of_another_piece_beside_the_body_is_not_asked_where_the_body_tells() -> None:
    text = (
        "大英县蓬莱镇守村记\n2020-02-06 10:00:00 来源:示例报\n"
        + "大英县蓬莱镇的干部每天巡查，测温、登记、消毒，一户不漏。" * 4
    )
    page = read_page(text.encode(), file="x.txt", media_type="text/plain")
    assert page.drafts[0].about is not None
    assert page.drafts[0].about.code == "510923"
