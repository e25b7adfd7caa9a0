from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "bihuan.capabilities.dispatch.papers"
    label = "papers"
    verbose_name = "讲话与文件"
    default_auto_field = "django.db.models.BigAutoField"
