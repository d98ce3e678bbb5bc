"""A newspaper page: its stories apart, its columns joined, its slipped sections put back."""

import random
from collections import Counter

import pytest

from archive.ingest.extract.lines import read_lines
from archive.ingest.extract.stories import read_stories
from archive.ingest.pipeline import read_page
from tests import mixed_columns
from tests.pages import make_page, passages, verdict

FIRST = "示例县石桥镇的党员和志愿者连日来在村口设卡登记，为过往的村民测量体温，并把口罩和药品送到独居老人家里。"
SECOND = "柳湾村的蔬菜合作社每天凌晨采收萝卜白菜，装车运往县城的超市，社员们说菜价没有涨，城里人放心吃。"


def stories(text):
    found = read_stories(read_lines(text, text))
    return [
        (story.title.simplified.strip() if story.title else None, [block.text for block in story.blocks])
        for story in found
    ]


def test_stories_under_headings_are_articles_of_their_own():
    text = f"# 石桥镇守好村口\n\n{FIRST}\n\n# 柳湾村送菜进城\n\n{SECOND}\n"
    assert stories(text) == [("石桥镇守好村口", [FIRST]), ("柳湾村送菜进城", [SECOND])]


def test_headlines_before_reports_of_the_paper_divide_a_page_without_headings():
    one, two = "本报讯（记者 示例甲）" + FIRST, "本报讯（通讯员 示例乙）" + SECOND
    text = f"石桥镇守好村口\n\n{one}\n\n柳湾村送菜进城\n\n{two}\n"
    assert stories(text) == [("石桥镇守好村口", [one]), ("柳湾村送菜进城", [two])]


def test_a_paragraph_that_a_column_cuts_is_joined_with_nothing_between():
    text = f"# 石桥镇守好村口\n\n{FIRST[:30]}\n\n{FIRST[30:]}\n\n# 柳湾村送菜进城\n\n{SECOND}\n"
    read = read_page(text.encode(), file="版.txt")
    assert [draft.body for draft in read.drafts] == [FIRST, SECOND]


def test_a_byline_under_a_headline_is_no_text():
    text = f"# 石桥镇守好村口\n\n□本报记者 示例甲\n\n{FIRST}\n\n# 柳湾村送菜进城\n\n（示例乙）\n\n{SECOND}\n"
    assert [body for _, body in stories(text)] == [[FIRST], [SECOND]]


def test_a_heading_without_text_is_furniture():
    text = f"# 要闻\n\n# 石桥镇守好村口\n\n{FIRST}\n\n# 柳湾村送菜进城\n\n{SECOND}\n"
    found = read_stories(read_lines(text, text))
    assert [story.title.simplified.strip() for story in found] == ["石桥镇守好村口", "柳湾村送菜进城"]
    assert any("要闻" in passage.text for story in found for passage in story.furniture)


def test_headings_below_a_masthead_head_stories_of_their_own():
    page = f"# 示例日报 2020年3月2日 星期一 第3版\n\n## 石桥镇守好村口\n\n{FIRST}\n\n## 柳湾村送菜进城\n\n{SECOND}\n"
    assert stories(page) == [("石桥镇守好村口", [FIRST]), ("柳湾村送菜进城", [SECOND])]
    drafts = read_page(page.encode(), file="版.txt").drafts
    assert [draft.published.value for draft in drafts] == ["2020-03-02"] * 2


def test_headings_below_the_headline_of_one_story_stay_in_it():
    text = f"# 石桥镇守好村口\n\n{FIRST}\n\n## 柳湾村送菜进城\n\n{SECOND}\n\n## 村民的话\n\n{FIRST[::-1]}。\n"
    assert len(stories(text)) == 1


@pytest.mark.shared
def test_most_synthetic_pages_are_read_letter_for_letter(shared):
    source, rng = passages(shared), random.Random(20201231)
    verdicts: Counter[str] = Counter()
    for _ in range(40):
        page = make_page(source, rng)
        found = read_stories(read_lines(page.text, page.text))
        got = [
            (story.title.simplified.strip() if story.title else None, "\n\n".join(block.text for block in story.blocks))
            for story in found
        ]
        verdicts[verdict(page, got, {flag for story in found for flag in story.flags})] += 1
    assert verdicts["right"] >= 38, verdicts
    assert verdicts["wrong"] <= 1, verdicts


def test_stories_under_headings_of_a_lower_level_below_the_masthead_are_parted():
    text = (
        "# 示例日报 2020年2月20日 第03版\n\n## 返岗专车开进示例县\n\n"
        "本报讯(记者 示例甲)2月19日,示例县的返岗专车从示例村出发,四十名村民测温登记之后依次上车。\n\n"
        "## 示例镇送药上门解民忧\n\n"
        "本报讯(通讯员 示例乙)连日来,示例镇的网格员把降压药送到独居老人门口,隔着门问一声吃饭了没有。\n"
    )
    page = read_page(text.encode(), file="x.txt")
    assert [draft.title for draft in page.drafts] == ["返岗专车开进示例县", "示例镇送药上门解民忧"]
    assert [[author.name for author in draft.authors] for draft in page.drafts] == [["示例甲"], ["示例乙"]]


def test_a_story_set_between_the_parts_of_a_broken_paragraph_leaves_it_whole():
    text = f"# 石桥镇守好村口\n\n{FIRST[:25]}\n\n# 柳湾村送菜进城\n\n{SECOND}\n\n{FIRST[25:]}\n"
    assert stories(text) == [("石桥镇守好村口", [FIRST]), ("柳湾村送菜进城", [SECOND])]


def test_two_broken_paragraphs_read_in_turns_are_joined_each_with_its_own_rest():
    text = f"# 石桥镇守好村口\n\n{FIRST[:25]}\n\n# 柳湾村送菜进城\n\n{SECOND[:27]}\n\n{FIRST[25:]}\n\n{SECOND[27:]}\n"
    assert stories(text) == [("石桥镇守好村口", [FIRST]), ("柳湾村送菜进城", [SECOND])]
    found = read_stories(read_lines(text, text))
    assert all("interleaved" in story.flags for story in found)


def test_a_line_cut_at_a_date_or_at_a_word_of_footers_stays_text():
    cut = "截至目前，全县持有道路运输经营许可证"
    rest = "的客运企业已经全部停运，共有示例客车二十辆停在县城的车站里，司机们在家等候通知。"
    text = f"# 石桥镇守好村口\n\n2020年2月\n\n的最后一天，{FIRST}\n\n# 柳湾村客车停运\n\n{cut}\n\n{rest}\n"
    assert stories(text) == [("石桥镇守好村口", [f"2020年2月的最后一天，{FIRST}"]), ("柳湾村客车停运", [cut + rest])]


def test_a_page_read_in_turns_says_so_in_the_evidence_of_its_bodies():
    text = f"# 石桥镇守好村口\n\n{FIRST[:25]}\n\n# 柳湾村送菜进城\n\n{SECOND}\n\n{FIRST[25:]}\n"
    first = read_page(text.encode(), file="版.txt").drafts[0]
    assert {"interleaved", "column-join"} <= {one.rule for one in first.evidence if one.field == "body"}


@pytest.mark.shared
def test_mixed_columns_are_read_letter_for_letter_or_flagged(shared):
    pages = mixed_columns.make_pages(mixed_columns.load_stories(shared), count=100, seed=20200210)
    right = silent = 0
    for page in pages:
        found = read_stories(read_lines(page.text, page.text))
        got = [(story.title.text if story.title else None, [block.text for block in story.blocks]) for story in found]
        same = got == [(story.title, story.blocks) for story in page.truth]
        right += same
        silent += not same and not any("unsure" in flag for story in found for flag in story.flags)
    assert right >= 94, right
    assert silent == 0, silent


def test_a_line_cut_behind_a_comma_stays_text_even_below_its_headline():
    text = f"# 石桥镇守好村口\n\n2020年2月3日上午8时，\n\n# 柳湾村送菜进城\n\n{SECOND}\n\n的早会上，{FIRST}\n"
    lines = {line for _, blocks in stories(text) for block in blocks for line in [block]}
    assert any("2020年2月3日上午8时，" in line for line in lines)


def test_pieces_that_look_like_a_caption_or_a_date_only_for_being_cut_stay_in_their_story():
    text = (
        "# 示例县部署新春工作\n\n通知要求，各镇先把人员安排好，把物资清点好，把值守的表排好。\n\n通知强调，2026年2月2日至3月\n\n"
        "3日，各镇在主要路口设值守点，每天报送一次，不漏一户一人。\n\n"
        "# 示例市通报最新情况\n\n目前，密切接触者已解除医学观察109人，尚有\n\n1932人正在接受医学观察。\n\n各社区照常值守，进出测温登记。\n"
    )
    first, second = read_page(text.encode(), file="x.txt").drafts
    assert "2026年2月2日至3月3日，各镇" in first.body.replace("\n", "")
    assert "尚有1932人正在接受医学观察。" in second.body.replace("\n", "")


def headed(first, lead=""):
    return f"# {first}\n\n{lead}## 石桥镇守好村口\n\n{FIRST}\n\n## 柳湾村送菜进城\n\n{SECOND}\n"


@pytest.mark.parametrize(
    "first", ["《新冠肺炎防控方案（第九版）》解读来了", "第九版防控方案解读来了", "2022年6月28日起用的第九版方案"]
)
def test_an_edition_of_a_plan_in_a_headline_makes_no_masthead_of_it(first):
    assert len(stories(headed(first, f"{SECOND}\n\n"))) == 1


@pytest.mark.parametrize("first", ["示例日报 第3版", "示例晚报第三版", "第03版 2020年3月2日"])
def test_a_page_number_beside_a_papers_name_or_a_date_makes_a_masthead(first):
    assert [title for title, _ in stories(headed(first))] == ["石桥镇守好村口", "柳湾村送菜进城"]
