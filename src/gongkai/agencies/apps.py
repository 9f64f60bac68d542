"""Who is who, as a Django app."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Announces the acts of the organisation and its place in the navigation; listens to sign-in."""

    name = "gongkai.agencies"
    label = "agencies"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "组织机构"

    def ready(self) -> None:
        """Once all apps are there."""
        from gongkai.agencies import (  # models can't be imported before
            announcements,
            mailboxes,
            sign_in_journal,
            sweeping,
        )

        announcements.announce()
        mailboxes.announce()
        sign_in_journal.connect()
        sweeping.announce()
