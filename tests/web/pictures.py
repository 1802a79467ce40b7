"""The pictures of the page in samples/, made anew: `python -m tests.web.pictures` while `referral-lint serve` runs.

python -m tests.web.pictures http://127.0.0.1:8477/p/…/
"""

import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.web.test_browser import FLAGS

SAMPLES = Path("samples")
WORDS = """Subject: Request for early help, our reference 4711
From: Kerry Osgood <kerry.osgood@hollinbank.example.org>
To: Early Help Team <earlyhelp@wendle-council.example.org>

Dear team,

I am writing to ask you for early help for Theo Marlow, who is 9, and his mother Dawn Marlow.

Theo is frequently late and often arrives without breakfast. On Thursday 19 November he told me: “There wasn't any milk.” An EHCNA was asked for in the spring, and a TAF last year made no difference. Mum clearly does not value school.

Please ring me on 01632 960145.

Yours sincerely,
Kerry Osgood
"""


def typed(page: Page) -> None:
    page.fill("#words", WORDS)
    page.wait_for_selector("#notes .card")
    page.wait_for_timeout(500)
    page.evaluate("document.activeElement.blur()")


def noted(page: Page) -> None:
    page.set_input_files("#files", [SAMPLES / "early-help-draft.docx"])
    page.wait_for_selector("#others .sheet")
    page.goto(page.url + "note")


PICTURES = (
    ("page", typed, {"viewport": {"width": 1280, "height": 1100}}),
    ("page-note", noted, {"viewport": {"width": 1280, "height": 1000}}),
)


def _smaller(path: Path) -> None:
    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(96, dither=Image.Dither.NONE)
    small.save(path, optimize=True)


def main(address: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for name, prepare, look in PICTURES:
            page = browser.new_context(**look).new_page()
            page.goto(address)
            prepare(page)
            page.screenshot(path=SAMPLES / f"{name}.png")
            _smaller(SAMPLES / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
