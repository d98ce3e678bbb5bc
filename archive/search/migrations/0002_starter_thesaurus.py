"""The groups of synonyms that a new archive begins with; editors change them from there."""

import json
from pathlib import Path

from django.db import migrations

from archive.search.folded import name_key

STARTER = Path(__file__).parent.parent / "data" / "synonyms.json"


def load(apps, schema_editor):
    SynonymGroup = apps.get_model("search", "SynonymGroup")
    SynonymTerm = apps.get_model("search", "SynonymTerm")
    for group in json.loads(STARTER.read_text(encoding="utf-8")):
        record = SynonymGroup.objects.create(name=group["name"], note=group["note"])
        SynonymTerm.objects.bulk_create(
            SynonymTerm(group=record, text=text, key=name_key(text)) for text in group["terms"]
        )


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
