"""Notices to a person or to whoever holds a post."""

from __future__ import annotations

from django.db import models

from bihuan.kernel.people.models import Person, Post


class Notice(models.Model):
    """One notice. It shows from ``not_before`` on; under a ``reminder`` key it goes out only once."""

    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="notices")
    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="notices")
    matter_kind = models.CharField(max_length=40, blank=True)
    matter = models.UUIDField(null=True, blank=True, db_index=True)
    matter_no = models.CharField(max_length=40, blank=True)
    text = models.CharField("内容", max_length=400)
    urgent = models.BooleanField("紧急", default=False)
    reminder = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notice_has_one_recipient",
                condition=models.Q(person__isnull=False, post__isnull=True)
                | models.Q(person__isnull=True, post__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["person", "reminder"],
                condition=models.Q(person__isnull=False) & ~models.Q(reminder=""),
                name="one_reminder_per_person",
            ),
            models.UniqueConstraint(
                fields=["post", "reminder"],
                condition=models.Q(post__isnull=False) & ~models.Q(reminder=""),
                name="one_reminder_per_post",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "not_before"], condition=models.Q(read_at=None), name="notice_unread_person"
            ),
            models.Index(
                fields=["post", "not_before"], condition=models.Q(read_at=None), name="notice_unread_post"
            ),
        ]

    def __str__(self) -> str:
        return self.text
