"""The slogans that a new archive offers on the page of trends; editors change them from there."""

import json
from pathlib import Path

from django.db import migrations, models

STARTER = Path(__file__).parent.parent / "data" / "slogans.json"


def load(apps, schema_editor):
    Slogan = apps.get_model("search", "Slogan")
    for place, row in enumerate(json.loads(STARTER.read_text(encoding="utf-8")), 1):
        Slogan.objects.create(position=place * 10, **row)


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0003_waiting'),
    ]

    operations = [
        migrations.CreateModel(
            name='Slogan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=60, unique=True, verbose_name='说法')),
                ('query', models.CharField(help_text='检索语言里的任何写法；引号里的话逐字相同', max_length=200, verbose_name='检索式')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='说明')),
                ('source', models.CharField(blank=True, help_text='用到这个说法的文件；没有核对过就空着', max_length=300, verbose_name='出处')),
                ('position', models.PositiveSmallIntegerField(default=100, help_text='小的在前；前三个是未选时画出的', verbose_name='次序')),
                ('active', models.BooleanField(default=True, verbose_name='启用')),
            ],
            options={
                'verbose_name': '流行说法',
                'verbose_name_plural': '流行说法',
                'ordering': ['position', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('label', ''), _negated=True), models.Q(('query', ''), _negated=True)), name='slogan_has_a_label_and_a_query')],
            },
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
