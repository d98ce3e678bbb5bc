from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0004_slogans"),
    ]

    operations = [
        migrations.AddField(
            model_name="waiting",
            name="erased",
            field=models.BooleanField(default=False),
        ),
    ]
