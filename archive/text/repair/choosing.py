"""Which character stands in each slot of a reading, by what is likely beside its neighbours."""

from archive.text.repair.likelihood import likelihood

_WINDOW = 4
#: The margin of a slot that one character alone can fill.
CERTAIN = 99.0


def _fixed_right(slots: tuple[tuple[str, ...], ...], place: int, right: str) -> str:
    """The characters known to follow slot `place`."""
    known = ""
    for slot in slots[place + 1 :]:
        if len(slot) != 1 or len(known) >= _WINDOW:
            return known[:_WINDOW]
        known += slot[0]
    return (known + right)[:_WINDOW]


def _prior(candidate: str, left: str, following: str) -> float:
    """Punctuation by what is open before it; other marks are rare between characters."""
    at_end = following == ""
    if candidate == "。":
        return -8.0 if left.endswith("。") or following[:1] in tuple("、，。；：？！）") else 3.0 if at_end else 0.0
    is_open = left.rfind("“") > left.rfind("”")
    if candidate == "”":
        return 3.0 if is_open else -6.0
    if candidate == "“":
        return -6.0 if is_open or at_end else 0.5
    return -4.0 if candidate in "、·…—～‖ˉˇ¨〃々’‘〔〕〈〉「」『』〖〗【】±×÷" else 0.0


def choose(slots: tuple[tuple[str, ...], ...], left: str, right: str) -> tuple[str, tuple[float, ...]]:
    """Return the likeliest characters and, slot by slot, the margin (nats) over a second choice, left to right."""
    chosen = ""
    margins: list[float] = []
    for place, slot in enumerate(slots):
        if len(slot) == 1:
            chosen += slot[0]
            margins.append(CERTAIN)
            continue
        before = left + chosen
        window, known = before[-_WINDOW:].split("\n")[-1], _fixed_right(slots, place, right)
        ranked = sorted(
            (
                (likelihood(window + candidate + known) + _prior(candidate, before, known), candidate)
                for candidate in slot
            ),
            reverse=True,
        )
        margins.append(ranked[0][0] - ranked[1][0])
        chosen += ranked[0][1]
    return chosen, tuple(margins)
