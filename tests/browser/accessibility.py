"""axe in a page: put in once, and asked for what is wrong alone, for to describe all that is right takes it most of its time."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

#: The tags of all rules that our pages are held to.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"type": "tag", "values": TAGS}
#: Those of the same that look at colours, all that the dark scheme changes.
OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


def violations(page: Page, rules: dict[str, object], within: object = "html") -> list[str]:
    """Each rule that the page breaks, with the first piece of it that does; `within` is a context as axe takes it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    run = "([within, options]) => axe.run(within, options).then(told => told.violations)"
    found: list[dict[str, Any]] = page.evaluate(run, [within, options])
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]
