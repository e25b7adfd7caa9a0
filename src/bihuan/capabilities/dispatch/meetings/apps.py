from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "bihuan.capabilities.dispatch.meetings"
    label = "meetings"
    verbose_name = "会议与督导"
    default_auto_field = "django.db.models.BigAutoField"
