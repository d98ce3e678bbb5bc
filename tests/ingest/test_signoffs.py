"""The office under a notice, where its day lost some of its marks."""

from tests.ingest.fields_pages import BODY, fields_of


def test_an_office_before_a_day_that_lost_its_marks_signs() -> None:
    assert fields_of(body=BODY + "\n特此通告。\n应县人民政府\n2020127日").issuer == "应县人民政府"
    assert fields_of(body=BODY + "\n特此通告。\n应县人民政府\n20个人").issuer is None
