from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "bihuan.capabilities.dispatch.campaigns"
    label = "campaigns"
    verbose_name = "专项行动"
    default_auto_field = "django.db.models.BigAutoField"
