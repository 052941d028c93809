"""Of `tables.py`: all sixty tables in a running process, `tables_running.py DATA SIZE`. Prints the least seconds of ten times."""

import sys
import time
from pathlib import Path

from casereview import study as studies
from casereview.analysis import engines
from casereview.analysis.analysis import answered
from casereview.study.sources import RecordsSource

data, size = Path(sys.argv[1]), sys.argv[2]
study = studies.read(data / "study")
source = study.sources.sources[f"n{size}"]
assert isinstance(source, RecordsSource)
engine = engines.opened_in_place("duckdb", study, source, data)
times = []
for _ in range(11):
    began = time.perf_counter()
    answered(study, engine)
    times.append(time.perf_counter() - began)
print(min(times[1:]))
