from django.apps import AppConfig


class OfficersConfig(AppConfig):
    name = "bihuan.registers.officers"
    label = "officers"
    verbose_name = "执法人员与专家"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.kernel.web.auditing.words import Trail, name_trail
        from bihuan.kernel.web.places import add_urls
        from bihuan.registers.officers import pages, trail

        add_urls(pages.urlpatterns)
        name_trail(trail.KIND, Trail("执法人员与专家", trail.VERBS, trail.PREFIXES, trail.trail_of))
