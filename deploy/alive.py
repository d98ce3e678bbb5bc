"""Ends with 0 while the site beside it answers: the health check of containers, which have no curl."""

import os
import sys
import urllib.request

ADDRESS = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/healthz"


def alive() -> bool:
    try:
        with urllib.request.urlopen(ADDRESS, timeout=4) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(0 if alive() else 1)
