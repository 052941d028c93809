"""A page as it looks: where its characters are said to stand, there the picture has ink, however the page is turned and cut."""

import io

import numpy as np
import pytest
from PIL import Image

from casereview.documents import DocumentRefused, draw_isolated, read_isolated
from casereview.documents.picture import LONGEST, MOST_PIXELS, SCALE, size_of
from tests.security.pdf_bytes import document, lines, stream

WORDS = ["The family moved twice", "in one year."]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize(("box", "page"), [(b"0 0 595 842", b""), (b"-40 30 560 700", b"/CropBox[20 90 500 650]")])
def test_the_ink_is_where_the_characters_are(tmp_path, turn, box, page):
    path = tmp_path / "report.pdf"
    drawn = stream(lines(WORDS, left=100, top=500, size=14))
    path.write_bytes(document([drawn], box=box, page=page + b"/Rotate %d" % turn))
    text = read_isolated(path, boxes=True)
    picture = draw_isolated(path, 1)
    assert picture.sha256 == text.sha256
    dark = np.asarray(Image.open(io.BytesIO(picture.content)).convert("L")) < 128
    assert dark.shape == (picture.height, picture.width)
    width, height, a, b, c, d, e, f, left, bottom = text.frames[0]
    assert (picture.width, picture.height) == size_of(width, height)
    assert (left, bottom) == tuple(map(float, box.split()[:2]))
    inside = np.zeros_like(dark)
    for x1, y1, x2, y2 in np.frombuffer(text.boxes, "f4").reshape(-1, 4):
        if np.isnan(x1):
            continue
        across = sorted(round(picture.width * (a * x + c * y + e)) for x, y in ((x1, y1), (x2, y2)))
        down = sorted(round(picture.height * (b * x + d * y + f)) for x, y in ((x1, y1), (x2, y2)))
        inside[max(0, down[0] - 1) : down[1] + 2, max(0, across[0] - 1) : across[1] + 2] = True
    assert dark.sum() > 300
    assert not (dark & ~inside).any()
    assert inside.mean() < 0.1


def test_a_page_that_is_not_there_is_refused(tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(document([stream(lines(WORDS))]))
    (tmp_path / "letter.txt").write_text("No pages.")
    for wrong, page in ((path, 2), (path, -1), (tmp_path / "letter.txt", 1)):
        with pytest.raises(DocumentRefused) as refused:
            draw_isolated(wrong, page)
        assert refused.value.problems[0].code == "document-no-page"


@pytest.mark.parametrize("size", [(595, 842), (14_400, 14_400), (14_400, 1), (0, 0), (3, 14_400)])
def test_no_picture_outgrows_its_measure(size):
    width, height = size_of(*size)
    assert 1 <= width * height <= MOST_PIXELS * 1.01
    assert max(width, height) <= max(LONGEST, SCALE)


def test_a_damaged_file_is_drawn_as_it_is_read(tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(document([stream(lines(WORDS))]).replace(b"startxref", b"startxerf").replace(b"xref", b"xerf"))
    assert "family moved" in read_isolated(path).text
    assert draw_isolated(path, 1).content.startswith(b"RIFF")
