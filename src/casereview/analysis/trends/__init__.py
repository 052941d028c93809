"""Counts over time: the times, the line through them, where it steps and bends, and what is said of it."""
