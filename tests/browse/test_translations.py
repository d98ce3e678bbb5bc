"""The English catalogue is complete and compiled from what the sources say now."""

import re

from archive.browse import catalogue

FIELD = re.compile(r"%\((\w+)\)[sd]")


def test_every_message_is_translated():
    assert catalogue.missing(catalogue.refreshed()) == [], "run manage.py translations and fill in archive/locale/en"


def test_the_compiled_catalogue_is_current():
    current = catalogue.refreshed()
    assert (catalogue.folder() / "django.po").read_bytes() == catalogue.po_text(current), "run manage.py translations"
    assert (catalogue.folder() / "django.mo").read_bytes() == catalogue.mo_bytes(current), "run manage.py translations"


def test_translations_have_the_same_fields_and_no_chinese():
    for message in catalogue.translations():
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        for string in strings:
            assert set(FIELD.findall(string)) == set(FIELD.findall(ids[-1])), ids[0]
            bare = re.sub("“外防输入”|示例", "", string)
            assert not re.search("[一-鿿]", bare), string
