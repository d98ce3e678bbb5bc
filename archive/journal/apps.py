from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "archive.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "运行"
