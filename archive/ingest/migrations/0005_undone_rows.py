from typing import Any

from django.db import migrations, models


def note(apps: Any, _editor: Any) -> None:
    """Rows of batches that were undone before told it by their sentence only."""
    rows = apps.get_model("ingest", "ImportRow").objects.filter(batch__state="undone", done=False, draft=None)
    rows.filter(problem="已撤销。", article=None).update(undone=True)


class Migration(migrations.Migration):
    dependencies = [("ingest", "0004_background_steps")]

    operations = [
        migrations.AddField("importrow", "undone", models.BooleanField(default=False, verbose_name="已撤销")),
        migrations.RunPython(note, migrations.RunPython.noop),
    ]
