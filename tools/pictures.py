"""The pictures of the README, taken from a running demo: ``python tools/pictures.py http://127.0.0.1:8000 CODE [NAME …]``.

They show what a reader will find after ``make up``: nothing is set up for them but a ledger with three wrong rows.
"""

from __future__ import annotations

import io
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "pictures"
WIDE, PHONE = (1180, 820), (390, 780)
HEADINGS = (
    "企业名称",
    "属地镇街",
    "行业领域",
    "隐患部位",
    "隐患描述",
    "排查来源",
    "发现日期",
    "整改期限",
    "整改资金（万元）",
)
LEDGER = (
    ("{name}", "{town}", "工贸", "冲压车间", "冲床光电保护被短接", "专项检查", "2026-11-03", "2026-11-13", "0.8"),
    ("{name}", "{town}", "工贸", "喷漆房", "排风机防爆接线盒盖板缺失", "专项检查", "2026-11-03", "2026-11-10", "0.3"),
    ("{name}", "{town}", "养鸽业", "鸽舍", "配电箱无门", "日常检查", "2026-11-04", "2026-11-12", ""),
    ("{name}", "{town}", "工贸", "成品库", "堆垛与照明灯具间距不足", "日常检查", "11月34日", "2026-11-12", ""),
    ("{name}", "{town}", "工贸", "空压机房", "安全阀校验标签过期", "日常检查", "2026-11-05", "2026-11-01", "0.2"),
)  # fmt: skip


class Camera:
    """One browser, one person at a time."""

    def __init__(self, browser: Any, address: str, code: str) -> None:
        self._browser, self._address, self._code = browser, address, code
        self.page: Any = None

    def come_as(self, role: str, size: tuple[int, int] = WIDE) -> None:
        """Sign in as the first person of a role, or as nobody with an empty one."""
        if self.page is not None:
            self.page.context.close()
        context = self._browser.new_context(
            viewport={"width": size[0], "height": size[1]}, device_scale_factor=1 if size == WIDE else 2,
            locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce",
        )  # fmt: skip
        self.page = context.new_page()
        if not role:
            return
        self.go("/sign-in/")
        if self.page.locator("input[name=code]").count():
            self.page.fill("input[name=code]", self._code)
            self.page.click("button[type=submit]")
        self.page.locator(f"button:has-text('{role}')").first.click()
        self.page.wait_for_load_state()

    def go(self, path: str) -> None:
        """Open a page of the demo; anything but 200 stops the work."""
        answer = self.page.goto(self._address + path)
        if answer is None or answer.status != 200:
            raise SystemExit(f"{path}: {answer.status if answer else 'no answer'}")

    def open_first(self, selector: str) -> None:
        """Follow the first link that fits."""
        self.go(str(self.page.locator(selector).first.get_attribute("href")))

    def shoot(self, name: str) -> None:
        """Keep what is seen, in 256 colours: a third of the weight, and the same picture."""
        with Image.open(io.BytesIO(self.page.screenshot())) as seen:
            few = seen.convert("RGB").quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        few.save(FOLDER / f"{name}.png", optimize=True)


def workbench(camera: Camera) -> None:
    camera.come_as("安委办")


def speech(camera: Camera) -> None:
    camera.come_as("安委办")
    camera.go("/papers/")
    camera.open_first("main a[href^='/papers/3']:has-text('讲话')")


def hazard(camera: Camera) -> None:
    camera.come_as("执法人员")
    camera.go("/hazards/?tab=awaiting")
    camera.open_first("main a[href^='/hazards/3']")


def visit(camera: Camera) -> None:
    camera.come_as("执法人员", PHONE)
    camera.go("/inspections/?tab=on_site")
    camera.open_first("main a[href^='/inspections/3']")
    camera.open_first("main a[href*='/site/']")


def case(camera: Camera) -> None:
    camera.come_as("执法人员")
    camera.go("/cases/?tab=all")
    camera.open_first("main a[href^='/cases/3']")


def tip_off(camera: Camera) -> None:
    camera.come_as("", PHONE)
    camera.go("/report/")


def figures(camera: Camera) -> None:
    camera.come_as("安委办")
    camera.go("/figures/")


def filings(camera: Camera) -> None:
    camera.come_as("安委办")
    camera.go("/filings/")


def report(camera: Camera) -> None:
    camera.come_as("安委办")
    camera.go("/reports/preview/")


def ledger(camera: Camera) -> None:
    """A ledger dropped in, with the reasons for what cannot be right."""
    import xlsxwriter

    camera.come_as("安委办")
    camera.go("/enterprises/")
    name = (
        camera.page.locator("main a[href^='/enterprises/']:has-text('公司')")
        .first.inner_text()
        .split("\n")[0]
        .strip()
    )
    camera.page.click(f"main a:has-text('{name}') >> nth=0")
    town = re.search(r"属地\n(\S+)", camera.page.inner_text("main"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "11月隐患台账.xlsx"
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet("隐患台账")
            sheet.write_row(0, 0, HEADINGS)
            for line, values in enumerate(LEDGER, start=1):
                sheet.write_row(
                    line, 0, [value.format(name=name, town=town[1] if town else "") for value in values]
                )
        camera.go("/imports/")
        camera.page.set_input_files("input[type=file]", str(path))
        camera.page.click("main button[type=submit]")
        camera.page.wait_for_selector("text=不能导入", timeout=60_000)


PICTURES: dict[str, Callable[[Camera], None]] = {
    "workbench": workbench, "speech": speech, "hazard": hazard, "import-preview": ledger, "case": case,
    "figures": figures, "filings": filings, "report": report, "phone-visit": visit, "phone-tip-off": tip_off,
}  # fmt: skip


def main(address: str, code: str, wanted: list[str]) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        camera = Camera(browser, address.rstrip("/"), code)
        for name in wanted or PICTURES:
            PICTURES[name](camera)
            camera.shoot(name)
            print(name)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
