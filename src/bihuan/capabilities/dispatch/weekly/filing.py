"""The name under which weekly forms are due; what is due from whom is the kernel's (:mod:`bihuan.kernel.expectations`)."""

KIND = "weekly_form"
TITLE = "周调度表"
