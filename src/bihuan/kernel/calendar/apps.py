from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "bihuan.kernel.calendar"
    label = "calendar"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.kernel.calendar import statutory, years

        statutory.take_from(years.current)
