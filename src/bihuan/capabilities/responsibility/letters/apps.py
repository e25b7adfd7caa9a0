from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "bihuan.capabilities.responsibility.letters"
    label = "letters"
    verbose_name = "责任书"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.capabilities.responsibility import places as hub
        from bihuan.capabilities.responsibility.letters import addresses, figures, pages
        from bihuan.capabilities.responsibility.letters.access import visible_letters, waiting, waits_for
        from bihuan.capabilities.responsibility.letters.loop import LETTER
        from bihuan.kernel.loops import registry
        from bihuan.kernel.web import places

        assert figures.LETTERS, "importing the figures registers them"
        pages.install()
        places.add_urls(addresses.urlpatterns)
        hub.offer(
            30,
            "责任书",
            "/letters/",
            says="每个镇街、部门每年一份，双方签订；未签订的列出名单",
            count=waiting,
        )
        hub.offer(
            32, "控制指标", "/letters/control/", says="控制数用了多少、还剩多少，突破的在前；年度三项目标"
        )
        registry.run(LETTER, visible=visible_letters, near=waits_for)
