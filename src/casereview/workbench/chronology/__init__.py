"""The integrated chronology of a case, as a page shows it: what is asked of it, its lines in words, and its timeline drawn."""
