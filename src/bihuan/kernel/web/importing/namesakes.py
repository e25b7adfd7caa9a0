"""Who of the same name is the same person: chosen beside the preview, one choice a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from bihuan.kernel.workbooks.district.namesakes import ANOTHER


class NamesakeForm(forms.Form):
    """One choice for each row that might mean somebody known."""

    def __init__(self, undecided: Sequence[Mapping[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keys = {}
        for number, one in enumerate(undecided):
            field = f"namesake-{number}"
            self._keys[field] = str(one["key"])
            known = [(pk, f"同一人：{told}") for pk, told in one["known"]]
            self.fields[field] = forms.ChoiceField(
                label=f"第 {one['row']} 行 {one['name']}（{one['where'] or '没有写单位和岗位'}）",
                choices=[("", "还没核实，先不导入这一行"), *known, (ANOTHER, "另一个人，新登记")],
                required=False,
            )

    def decided(self) -> dict[str, str]:
        """Row key → whom it means."""
        return {self._keys[name]: said for name, said in self.cleaned_data.items() if said}
