"""The process that is killed while it writes to an index. It begins without Django: nothing of the archive is imported before."""

import random


def write_for_ever(path: str, start: int, keys: list[int]) -> None:
    """Commit after commit: take two of `keys` out, put another text in the place of one, and add documents beyond them."""
    import django

    django.setup()
    from archive.search.engine.folder import IndexFolder

    from .test_folder import document, put

    folder, chance, number = IndexFolder(path), random.Random(start), start
    while True:
        gone = chance.sample(keys, 2)
        with folder.writing() as writer:
            writer.remove(gone)
            if number % 3:
                writer.add([document(gone[0], f"第{number}次设卡登记")])
        put(folder, document(10_000 + number % 20, f"第{number}次设卡登记"))
        number += 1
