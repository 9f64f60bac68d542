"""Who is who, as a Django app."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Announces the acts of the organisation and its place in the navigation."""

    name = "gongkai.agencies"
    label = "agencies"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "组织机构"
