from django.apps import AppConfig


class TipoffDoorConfig(AppConfig):
    name = "bihuan.capabilities.tipoffs.public"
    label = "tipoff_door"
    verbose_name = "群众举报入口"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.capabilities.tipoffs.public.views import addresses
        from bihuan.kernel.web import places, signin
        from bihuan.kernel.web.parts import Link

        places.add_urls(addresses.urlpatterns)
        signin.stand_at_the_door(Link("群众举报", addresses.HERE, "speakerphone"))
