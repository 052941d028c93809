"""Agreement: what each coder said of each record, the measures of how far they said the same, and what is said of these."""
