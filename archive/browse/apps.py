from django.apps import AppConfig


class BrowseConfig(AppConfig):
    name = "archive.browse"
    label = "browse"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import staff_names

        staff_names.install()
