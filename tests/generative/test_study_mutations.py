"""However a study's files are spoilt, `check` answers with findings and never falls over."""

import random
import string

import pytest

from casereview import study
from tests.sound_study import FILES, Spoilt

WORDS = [word for text in FILES.values() for word in text.replace("{", " ").replace(":", " ").split()]


def mutated(text: str, rng: random.Random) -> str:
    """One small accident of editing: a line lost or doubled, a word swapped, characters typed or deleted."""
    lines = text.splitlines(keepends=True)
    place = rng.randrange(len(lines))
    match rng.randrange(5):
        case 0:
            del lines[place]
        case 1:
            lines.insert(place, lines[place])
        case 2:
            old = rng.choice(lines[place].split() or [""])
            lines[place] = lines[place].replace(old, rng.choice(WORDS)) if old else "\n"
        case 3:
            at = rng.randrange(len(lines[place]))
            lines[place] = lines[place][:at] + rng.choice(string.printable) + lines[place][at:]
        case _:
            lines[place] = "  " + lines[place]
    return "".join(lines)


@pytest.mark.parametrize("seed", range(300))
def test_no_accident_of_editing_is_an_error_of_the_program(tmp_path, seed):
    rng = random.Random(seed)
    folder = Spoilt(tmp_path / "study").folder
    for _ in range(rng.randrange(1, 4)):
        path = folder / rng.choice(list(FILES))
        path.write_text(mutated(path.read_text(), rng) if path.read_text() else "x")
    for problem in study.check(folder):
        assert problem.cause
        assert problem.remedy
        assert problem.place.file
