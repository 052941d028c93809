"""In which waves a derived variable can be known: one part makes an `any_of`."""

from casereview.study.spans import collected
from tests.builders import a_study

VARIABLES = {
    "early": {},
    "late": {"waves": {"first": "w2"}},
    "either": {"derived": {"any_of": ["early", "late"]}},
    "later": {"derived": {"any_of": ["late", "late"]}},
}


def test_one_part_is_enough():
    study = a_study(VARIABLES)
    waves = {name: [wave for wave in study.waves if collected(study, name, wave)] for name in VARIABLES}
    assert waves == {"early": ["w1", "w2"], "late": ["w2"], "either": ["w1", "w2"], "later": ["w2"]}
