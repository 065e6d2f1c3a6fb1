"""The pages in a real browser: every page and state with axe, at desk and phone width, kept as pictures in
output/screenshots; and 'contact, now' by keyboard alone. Needs Debian's chromium, and playwright-core and axe-core from
node_modules."""

import json
import shutil

from harness import machine
from harness.runner import engines

from .office import office  # noqa: F401 (a fixture)

PICTURES = machine.OUTPUT / "screenshots"


def drive(office, script, folder, **more):
    """Runs a script of browser/ as the unprivileged user; what it says on its error output is the failure. MORE are
    settings of that script."""
    modules = machine.reachable(machine.SOURCE / "node_modules")
    scripts = machine.reachable(machine.SOURCE / "tests" / "web" / "browser")
    pictures = machine.folder("pictures")
    settings = {"url": office.server.url, "passwords": office.passwords, "people": office.people, "pictures": str(pictures), **more}
    environment = {**machine.environment(), "HOME": str(folder), "NODE_MODULES": str(modules), "SETTINGS": json.dumps(settings)}
    try:
        machine.run("node", scripts / script, timeout=240, cwd=folder, env=environment)
    finally:
        PICTURES.mkdir(parents=True, exist_ok=True)
        for picture in pictures.iterdir():
            shutil.copy(picture, PICTURES / picture.name)


@engines("sqlite")
def test_every_page_and_state_is_accessible_and_fits_a_phone(office, folder):
    drive(office, "states.mjs", folder)
    assert len(list(PICTURES.glob("*-phone.png"))) >= 30


@engines("sqlite")
def test_contact_now_by_keyboard_alone(office, folder):
    drive(office, "keyboard.mjs", folder)
