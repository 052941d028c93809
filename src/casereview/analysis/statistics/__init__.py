"""Statistics as pure functions of counts. Each names its source; `docs/statistics.md` lists them all."""
