"""Latent classes: the patterns of answers, what was fitted to them, and what is said of it."""
