"""Write the pictures of the README and docs/gallery.md: screenshots of maps of the bundled records in Chromium.

Run: .venv/bin/python tools/gallery.py    (needs Chromium and the packages of `make test`)
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

TWINGRAPH = str(Path(sys.executable).with_name("twingraph"))
FOLDER = Path(__file__).parents[1] / "docs" / "images"
SHOTS = {
    "zhytomyr": (("--oblast", "Zhytomyr"), "", (1400, 900), "light"),
    "oblast-uk-dark": (("--oblast", "Zhytomyr"), "#lang=uk", (1200, 750), "dark"),
    "network": (("--oblast", "Lviv"), "#layout=network", (1200, 750), "light"),
    "between": (("--between", "UA", "PL"), "", (1200, 750), "light"),
    "world": ((), "#open=UA", (1200, 750), "light"),
    "country-by-continent": (("--country", "UA", "--color", "country"), "", (1200, 750), "light"),
    "phone": (("--municipality", "Zhytomyr"), "#lang=uk", (390, 780), "light"),
}
"""By name of the picture: the options of viz, the fragment of the address, the window, and the colour scheme."""


def main() -> None:
    """Draw every map and save its screenshot."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = str(Path(folder) / "gallery.grafeo")
        subprocess.run([TWINGRAPH, "load", "--quiet", "--db", store], check=True)  # noqa: S603 - our own command
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--no-first-run"]
        )
        for name, (options, address, (width, height), scheme) in SHOTS.items():
            page = Path(folder) / f"{name}.html"
            subprocess.run([TWINGRAPH, "viz", "--db", store, *options, "-o", str(page), "--lang", "en"], check=True)  # noqa: S603
            phone = width < 500
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme, is_mobile=phone, has_touch=phone
            )
            tab = context.new_page()
            tab.goto(page.as_uri() + address)
            tab.wait_for_selector("html[data-drawn]")
            tab.wait_for_timeout(500)
            tab.screenshot(path=str(FOLDER / f"{name}.jpg"), type="jpeg", quality=72)
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
