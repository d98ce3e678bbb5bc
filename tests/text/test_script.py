"""What conversion cannot change is not converted: the quick look is never wrong."""

from importlib.metadata import version

from archive.text import script


def test_what_is_said_to_stay_as_it_is_does():
    words = [
        "沈思",
        "藉口",
        "答覆",
        "土坏",
        "瞭解",
        "衹得",
        "海哩",
        "甦醒",
        "台灣",
        "瞭如指掌",
        "敍述",
        "陜西",
        "著名",
        "乾杯",
    ]
    assert [word for word in words if script.is_unchanged(word)] == []
    for text in ("村口设卡登记，测量体温。", "沈阳的网格员", "", "mask 口罩 95%", "台州干部后来到了里弄"):
        assert script._converted(text) == text
        assert script.to_simplified(text) == text
    assert script.is_unchanged("村口设卡登记，测量体温。") and not script.is_unchanged("沈阳的网格员")


def test_the_characters_that_only_phrases_change_were_read_off_this_release_of_opencc():
    """When this fails: list the phrases of the new release that change none of `_changing()`, and their characters in `_IN_PHRASES`."""
    assert version("opencc") == script.PHRASES_OF
