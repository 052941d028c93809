"""From a plan to tables: counts on an engine, statistics as pure functions of counts."""
