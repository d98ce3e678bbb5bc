"""Public ids: what people cite. Short, opaque, never reused, readable aloud.

Eight characters of Crockford's base 32 (no I, L, O, U) in lower case: 7 random ones and a check
character, so that a slip of the pen is recognised instead of leading to another article.
"""

import secrets

from .models import Article, Takedown

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
#: 32^7 is 3.4 × 10^10; at 10^6 articles a new id meets an old one once in 34,000 and is drawn again.
RANDOM_LENGTH = 7
_READ_AS = str.maketrans("ilo", "110")


def check_character(stem: str) -> str:
    """Weighted sum modulo 31 (prime, so single slips and swaps of neighbours change it)."""
    total = sum(ALPHABET.index(char) * (place + 2) for place, char in enumerate(stem))
    return ALPHABET[total % 31]


def normalise(public_id: str) -> str | None:
    """The id as we write it, from what a person typed; None when its check character is wrong."""
    typed = public_id.strip().lower().replace("-", "").translate(_READ_AS)
    if len(typed) != RANDOM_LENGTH + 1 or not set(typed) <= set(ALPHABET):
        return None
    return typed if check_character(typed[:-1]) == typed[-1] else None


def new_public_id() -> str:
    """An id that no article and no tombstone has."""
    return new_public_ids(1)[0]


def new_public_ids(count: int) -> list[str]:
    """So many ids, all different, that no article and no tombstone has."""
    fresh: set[str] = set()
    while len(fresh) < count:
        drawn = {_drawn() for _ in range(count - len(fresh))}
        for model in (Article, Takedown):
            drawn -= set(model.objects.filter(public_id__in=drawn).values_list("public_id", flat=True))
        fresh |= drawn
    return list(fresh)


def _drawn() -> str:
    stem = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_LENGTH))
    return stem + check_character(stem)
