"""In which waves a derived variable can be known: one part makes an `any_of`, a count needs all of them."""

from casereview.study.spans import collected
from tests.builders import a_study

VARIABLES = {
    "early": {},
    "late": {"waves": {"first": "w2"}},
    "either": {"derived": {"any_of": ["early", "late"]}},
    "both": {"type": "number", "derived": {"count_of": ["early", "late"]}},
    "banded": {"type": "ordered", "categories": {"few": "Few", "many": "Many"}, "derived": {"banded": "both", "cuts": [1]}},
}


def test_a_count_is_collected_where_all_of_its_parts_are():
    study = a_study(VARIABLES)
    waves = {name: [wave for wave in study.waves if collected(study, name, wave)] for name in VARIABLES}
    assert waves == {"early": ["w1", "w2"], "late": ["w2"], "either": ["w1", "w2"], "both": ["w2"], "banded": ["w2"]}
