"""Models that describe: their terms, the records they are of, their odds ratios, and what is said of these."""
