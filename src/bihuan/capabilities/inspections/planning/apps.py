from django.apps import AppConfig


class InspectionPlanningConfig(AppConfig):
    name = "bihuan.capabilities.inspections.planning"
    label = "inspection_planning"
    verbose_name = "检查计划"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.capabilities.inspections import hooks
        from bihuan.capabilities.inspections.planning import (
            access,
            figures,
            following,
            pages,
            programmes,
            trail,
        )
        from bihuan.capabilities.inspections.planning.draws.loop import DRAW
        from bihuan.capabilities.inspections.planning.plans.loop import PLAN
        from bihuan.capabilities.inspections.planning.rounds import packs
        from bihuan.capabilities.inspections.planning.rounds.loop import ROUND
        from bihuan.kernel.expectations.kinds import Kind, declare_kind
        from bihuan.kernel.loops import registry
        from bihuan.kernel.web.auditing.words import Trail, name_trail

        assert figures.LINES, "importing the figures registers them"
        registry.run(PLAN, visible=access.visible_plans)
        registry.run(DRAW, visible=access.visible_draws)
        registry.run(ROUND, visible=access.visible_rounds)
        hooks.when_finished(following.finished)
        registry.after("inspection", "cancel", following.cancelled)
        name_trail(trail.KIND, Trail("检查计划与巡查", trail.VERBS, trail.PREFIXES, trail.trail_of))
        declare_kind(Kind(packs.FAMILY, deed=True, label="节前检查", place=lambda row: "/packs/"))
        declare_kind(
            Kind(programmes.FAMILY, deed=True, label="部门本季度检查", place=lambda row: "/programmes/")
        )
        pages.install()
