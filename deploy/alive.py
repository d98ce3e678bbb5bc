"""Ends with 0 while the site beside it answers 200: the health check of containers and timers, which have no curl.

`deploy/alive.py` asks /healthz, whether the process lives; `deploy/alive.py /readyz` whether it can do its work, and
prints what is missing.
"""

import os
import sys
import urllib.error
import urllib.request

SITE = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"


def problem(path: str) -> str:
    """What the site says is missing, or why it did not answer; "" when all is well."""
    try:
        with urllib.request.urlopen(SITE + path, timeout=8) as answer:  # noqa: S310  # our own site
            return "" if answer.status == 200 else f"{path} answered {answer.status}."
    except urllib.error.HTTPError as error:
        with error:
            return error.read(2000).decode("utf-8", "replace").strip() or f"{path} answered {error.code}."
    except OSError as error:
        return f"{SITE} does not answer: {error}"


if __name__ == "__main__":
    sys.exit(problem(sys.argv[1] if len(sys.argv) > 1 else "/healthz") or 0)
