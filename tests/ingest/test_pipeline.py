"""From bytes to drafts: what cannot be read has a sentence, what is read loses no line."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.ingest.extract.lines import read_lines
from archive.ingest.extract.placed import LinesNotKept, Placed, check_lines
from archive.ingest.extract.stories import read_stories
from archive.ingest.pipeline import read_page

PROSE = "示例县石桥镇的党员和志愿者连日来在村口设卡登记，为过往的村民测量体温，并把口罩送到独居老人家里。"

LINES = st.sampled_from(
    [
        "",
        "　　",
        "# 石桥镇守好村口",
        "# 柳湾村送菜上门",
        "## 一线见闻",
        "石桥镇守好村口",
        "来源：示例日报　2020-02-12 10:20",
        "本报记者 示例甲 通讯员 示例乙",
        "（示例甲 示例乙）",
        "image.png",
        "志愿者在村口值守。示例甲 摄",
        "扫一扫 分享到朋友圈",
        "首页 > 新闻 > 正文",
        "版权声明：本网站所有内容未经许可不得转载。",
        "相关阅读",
        "责任编辑：示例丙",
        "| 村组 | 口罩 | 米面 |",
        "上一篇：别处的新闻",
        "1234",
        "本报讯（记者 示例甲）" + PROSE,
        PROSE,
        PROSE[:-20],
        "到独居老人家里，没有一户村民缺少生活用品，大家都很放心。",
        "二月的风还冷，炉火很旺。",
        "《示例晚报》第3版",
        "http://example.invalid/2020/0212/1.html",
    ]
)  # fmt: skip


def passages(stories):
    """Every place that the stories took, as spans."""
    for story in stories:
        if story.title is not None:
            yield story.title.start, story.title.end
        yield from ((line.start, line.end) for line in story.meta)
        yield from ((passage.start, passage.end) for passage in [*story.captions, *story.furniture])
        yield from ((block.start, block.end) for block in story.blocks)


@given(st.lists(st.tuples(LINES, st.text(alphabet="村民甲乙丙。，：2 ", max_size=8)), max_size=30))
def test_each_line_with_text_is_used_exactly_once(parts):
    text = "\n".join(line + tail for line, tail in parts)
    lines = read_lines(text, text)
    stories = read_stories(lines)  # raises LinesNotKept where a line is lost or used twice
    if not stories:
        return
    spans = list(passages(stories))
    for line in lines:
        if line.text:
            assert any(start < line.end and line.start < end for start, end in spans), line.text


def test_a_lost_line_is_an_error_and_not_a_shorter_text():
    lines = read_lines("石桥镇守好村口\n" + PROSE, "石桥镇守好村口\n" + PROSE)
    story = read_stories(lines)[0]
    with pytest.raises(LinesNotKept):
        check_lines(lines, [Placed(story, [lines[0].start])])
    with pytest.raises(LinesNotKept):
        check_lines(lines, [Placed(story, [line.start for line in lines] * 2)])


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00\x01\x02\x03" * 50, b"%PDF-1.4 binary", b"PK\x03\x04zip", b"plain English text only, nothing else here", b"   \n\n ", "首页\n新闻\n评论".encode()],
    ids=["empty", "nul", "pdf", "zip", "english", "blank", "menu"],
)  # fmt: skip
def test_what_is_no_article_is_skipped_with_a_sentence(data):
    read = read_page(data, file="坏.txt")
    assert read.drafts == []
    assert len(read.skipped) == 1
    assert re.search(r"[\u4e00-\u9fff].*。$", read.skipped[0].reason)


@given(st.binary(max_size=300))
def test_no_bytes_raise(data):
    read = read_page(data, file="任意.bin")
    assert read.drafts or read.skipped


def test_blocks_stand_in_the_repaired_text_where_they_say():
    text = f"石桥镇守好村口\n来源：示例日报\n{PROSE}\n{PROSE[:30]}。\n"
    read = read_page(text.encode(), file="一.txt")
    draft = read.drafts[0]
    assert all(read.repaired[block.start : block.end] == block.text for block in draft.blocks)
    assert draft.body == "\n\n".join(block.text for block in draft.blocks)
    assert len(draft.body_simplified) == len(draft.body)


def test_two_encodings_in_one_file_are_refused_and_nothing_of_it_is_read() -> None:
    one = "村口设卡登记，志愿者轮流值守，为798名返乡人员测量体温。"
    for mixed in (f"{one}\n".encode() + (one * 3).encode("gb18030"), f"{one}\n".encode("gb18030") + (one * 3).encode()):
        page = read_page(mixed, file="混.txt")
        assert (page.drafts, page.decoded) == ([], "")
        (told,) = page.skipped
        assert told.bad
        assert "第 2 行" in told.reason
