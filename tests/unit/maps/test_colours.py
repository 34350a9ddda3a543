"""The colours of a page: CSS has no way to say one set of them once for the system's choice and for the button's."""

import re
from pathlib import Path


def test_dark_is_the_same_by_the_system_and_by_the_button(root: Path) -> None:
    """Else the same map would look one way in the evening and another after a click, with its contrasts unproven."""
    style = (root / "src/twingraph/maps/assets/page.css").read_text(encoding="utf-8")

    def block(head: str) -> dict[str, str]:
        (found,) = re.findall(rf"^{re.escape(head)} \{{\n(.*?)^\}}", style, re.MULTILINE | re.DOTALL)
        return dict(re.findall(r"--(\w+): ([^;]+);", found))

    light, button, system = map(block, (":root", ':root[data-theme="dark"]', ':root:not([data-theme="light"])'))
    assert button == system
    assert set(light) == set(button)
    assert len(light) > 30
