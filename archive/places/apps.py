from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "archive.places"
    label = "places"
    verbose_name = "行政区划"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks  # noqa: F401  (registers the check)
