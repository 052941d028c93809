"""The study folder: read it, check it, explain what is wrong with it. Pure: no database, no engine."""
