"""WSGI entry point for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
application = get_wsgi_application()


def warm() -> None:
    """Load what every worker needs before they are forked, so that they share it and no reader waits for it.

    Nothing here opens the database: a connection must not cross a fork.
    """
    from django.conf import settings

    from archive.places.gazetteer import gazetteer
    from archive.search.engine.container import DamagedIndex
    from archive.search.engine.upkeep import current_folder
    from archive.search.folded import FoldedText
    from archive.text.words import words

    words("疫情防控")
    FoldedText.of("網格員", traditional=True)
    gazetteer()
    if settings.SEARCH_URL:
        return
    try:
        index = current_folder().generation()
    except DamagedIndex:
        return  # the system check says so, and a search tells its reader
    _ = index.newest


warm()
