from django.apps import AppConfig


class OfficersConfig(AppConfig):
    name = "bihuan.registers.officers"
    label = "officers"
    verbose_name = "执法人员与专家"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.kernel.web.auditing.called import Shelf, rows_called
        from bihuan.kernel.web.auditing.words import Trail, name_trail
        from bihuan.kernel.web.places import add_urls
        from bihuan.registers.officers import pages, trail
        from bihuan.registers.officers.models import Advisor, Certificate, Engagement, Recusal

        add_urls(pages.urlpatterns)
        called = rows_called(
            {
                "certificate/": Shelf(Certificate, "person__name"),
                "recusal/": Shelf(Recusal, "person__name"),
                "advisor/": Shelf(Advisor),
                "engagement/": Shelf(Engagement, "advisor__name"),
            }
        )
        name_trail(trail.KIND, Trail("执法人员与专家", trail.VERBS, trail.PREFIXES, trail.trail_of, called))
