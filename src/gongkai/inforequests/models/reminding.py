"""What was told already (提醒记录), so that nobody is told twice, and what was missed is told once."""

from django.db import models

from gongkai.inforequests.models.items import Item


class Reminder(models.Model):
    """A reminder that went out about an item: its `kind` (`due-5`, `overdue`, `unread` …) and the day it was about.

    `about` names the notice, approval or item that it was about where the kind alone does not.
    """

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(Item, models.PROTECT, related_name="reminders")
    kind = models.CharField("种类", max_length=20)
    for_on = models.DateField("针对的日期")
    about = models.CharField("针对的事项", max_length=16, blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "kind", "for_on", "about"], name="reminder_once")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.kind}"
