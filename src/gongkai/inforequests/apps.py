"""Information requests as a Django app."""

from django.apps import AppConfig


class InforequestsConfig(AppConfig):
    """Announces the acts on requests, their place in the navigation, open work, texts, and the jobs of each minute."""

    name = "gongkai.inforequests"
    label = "inforequests"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        """Once all apps are there."""
        from gongkai.inforequests import announcements  # models can't be imported before

        announcements.announce()
