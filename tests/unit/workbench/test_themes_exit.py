"""Files leave by one exit."""

from pathlib import Path

import casereview


def test_no_other_module_makes_attachments():
    room = Path(casereview.__file__).parent
    made = [
        path.name for path in room.rglob("*.py") if "Content-Disposition" in (text := path.read_text()) or "FileResponse" in text
    ]
    assert made == ["egress.py"]
