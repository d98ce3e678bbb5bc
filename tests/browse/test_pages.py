"""Every page answers, in both languages, with the right language tags."""

import pytest

PAGES = (
    "/", "/search/", "/search/?q=网格员", "/places/", "/places/510000/", "/places/510900/", "/places/510923/", "/dates/",
    "/dates/2020/", "/dates/2020/02/", "/dates/2020/02/24/", "/outlets/", "/outlets/shili-1/", "/topics/学校/", "/help/",
    "/about/",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_each_page_answers_in_both_languages(client, archive, path):
    chinese, english = client.get(path), client.get("/en" + path)
    assert (chinese.status_code, english.status_code) == (200, 200)
    assert '<html lang="zh-Hans">' in chinese.content.decode()
    assert '<html lang="en">' in english.content.decode()
    assert not chinese.cookies and not english.cookies
