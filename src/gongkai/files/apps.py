"""Files as a Django app."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Has what nobody refers to any more swept away."""

    name = "gongkai.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "文件"

    def ready(self) -> None:
        """Once all apps are there."""
        from gongkai.files.sweeping import sweep  # models can't be imported before
        from gongkai.kernel.registry import ticks

        ticks.add("files.sweep", sweep)
