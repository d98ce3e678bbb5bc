"""Edits are counted in the text as received, compose, and can be undone alone or all together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.layers import Change, Edit, Layer

RAW = "村口(kǒu)值守,,登記"


def test_an_edit_is_counted_in_the_text_as_received() -> None:
    layer = Layer(RAW).changed([Change(2, 7, "", "note")])
    assert layer.text == "村口值守,,登記"
    layer = layer.changed([Change(4, 6, ",", "doubled")])
    assert layer.text == "村口值守,登記"
    assert [(e.rule, e.start, e.end, e.before, e.after) for e in layer.edits] == [
        ("note", 2, 7, "(kǒu)", ""),
        ("doubled", 9, 11, ",,", ","),
    ]


def test_steps_that_meet_become_one_edit_that_can_be_undone_alone() -> None:
    layer = Layer("abXYcd").changed([Change(2, 4, "1(n)2", "shift", confidence=0.9)])
    layer = layer.changed([Change(3, 6, "", "note"), Change(7, 8, "C", "case")])
    assert layer.text == "ab12Cd"
    first = layer.edits[0]
    assert (first.rule, first.before, first.after, first.confidence) == ("shift+note", "XY", "12", 0.9)
    assert layer.undo(first).text == "abXYCd"
    assert layer.undo().text == "abXYcd"


def test_two_changes_inside_one_earlier_edit_become_one() -> None:
    layer = (
        Layer("aXb").changed([Change(1, 2, "1-2-3", "one")]).changed([Change(2, 3, "", "two"), Change(4, 5, "", "two")])
    )
    assert layer.text == "a123b"
    assert len(layer.edits) == 1
    assert layer.undo(layer.edits[0]).text == "aXb"


def test_a_suggestion_changes_nothing_until_accepted() -> None:
    layer = Layer("abc").changed([Change(1, 2, "B", "guess", confidence=0.5, state="suggested")])
    assert layer.text == "abc"
    assert layer.accept(layer.suggestions[0]).text == "aBc"


def test_offsets_go_both_ways() -> None:
    layer = Layer(RAW).changed([Change(2, 7, "", "note")])
    assert layer.to_raw(0) == 0
    assert layer.to_raw(2) == 7
    assert layer.to_raw(2, end=True) == 2
    assert layer.from_raw(7) == 2
    assert layer.from_raw(4) == 2
    assert layer.to_raw(len(layer.text), end=True) == len(RAW)


@pytest.mark.parametrize("edits", [
    [Edit("a", 1, 0, 2, "xx", "", 1.0)],
    [Edit("a", 1, 0, 2, "ab", "", 1.0), Edit("b", 1, 1, 3, "bc", "", 1.0)],
])  # fmt: skip
def test_refuses_edits_that_do_not_fit(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="overlaps"):
        Layer("abc", edits)


@st.composite
def _steps(draw: st.DrawFn) -> tuple[str, list[list[tuple[int, int, str]]]]:
    text = draw(st.text(alphabet="村口值守,。(a)", max_size=30))
    steps = draw(
        st.lists(
            st.lists(st.tuples(st.integers(0, 40), st.integers(0, 4), st.text("好x?", max_size=3)), max_size=6),
            max_size=4,
        )
    )
    return text, steps


@given(_steps())
def test_any_sequence_of_steps_is_plain_replacement_and_undoes(
    case: tuple[str, list[list[tuple[int, int, str]]]],
) -> None:
    raw, steps = case
    layer = Layer(raw)
    for step in steps:
        changes, place = [], 0
        for start, length, after in sorted(step):
            start = max(start, place)
            end = min(start + length, len(layer.text))
            if start >= end:
                continue
            changes.append(Change(start, end, after, "r"))
            place = end
        expected = layer.text
        for change in reversed(changes):
            expected = expected[: change.start] + change.after + expected[change.end :]
        layer = layer.changed(changes)
        assert layer.text == expected
    assert layer.undo().text == raw
    assert all(raw[e.start : e.end] == e.before for e in layer.edits)
    for edit in layer.edits:
        undone = layer.undo(edit)
        assert edit.before in undone.text
    for place in range(len(layer.text) + 1):
        assert 0 <= layer.to_raw(place) <= len(raw)
