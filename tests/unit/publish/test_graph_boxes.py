"""The words of a box stay within it, those of its note, too."""

import pytest

from casereview.publish.graphs.parts import Node
from casereview.publish.graphs.svg import LETTERS, PAD, WIDE, lines_of

NODE = Node("visits", "A practitioner who kept on", "protective", "could have protected")


@pytest.mark.parametrize("wide", [WIDE, 112])
def test_every_line_of_a_box_has_room(wide):
    letters = LETTERS * (wide - 2 * PAD) / (WIDE - 2 * PAD)
    assert max(map(len, lines_of(NODE, wide))) <= letters
    assert " ".join(lines_of(NODE, wide)) == "A practitioner who kept on could have protected"
