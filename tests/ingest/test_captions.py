"""Short sentences that look like a caption and are none."""

from archive.ingest.extract.lines import read_lines


def test_a_count_of_cases_that_are_being_looked_into_is_no_caption() -> None:
    text = "市里通报了最新情况，各社区照常值守，进出人员一律测温登记，不漏一户一人。\n\n另有95例疑似病例正在排查中。\n\n示例村的志愿者正在执勤。"
    found = [line.kind for line in read_lines(text, text) if line.kind != "blank"]
    assert found == ["body", "body", "caption"]
