from django.apps import AppConfig


class EnforcementConfig(AppConfig):
    name = "bihuan.capabilities.enforcement"
    label = "enforcement"
    verbose_name = "执法案件"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.capabilities.enforcement import addresses, figures, pages, papers, telling
        from bihuan.capabilities.enforcement.access import NEIGHBOURS, READERS, visible_cases
        from bihuan.capabilities.enforcement.loop import CASE
        from bihuan.kernel.loops import registry
        from bihuan.kernel.web import frame, places, sections
        from bihuan.registers.instruments import offering

        assert figures.OPENED, "importing the figures registers them"
        pages.install()
        places.add_urls(addresses.urlpatterns)
        beside = ("/crackdown/", "/measures/", "/supply-failures/", "/instruments/")
        frame.offer(21, frame.for_roles("执法案件", "/cases/", "gavel", READERS, beside))
        frame.offer(21, frame.for_roles("辖区案件", "/cases/nearby/", "gavel", NEIGHBOURS, beside))
        sections.tell_of_matter(50, telling.of_matter)
        sections.tell_section(45, telling.of_object)
        registry.run(CASE, visible=visible_cases)
        offering.let(CASE.name, papers.OFFER)
