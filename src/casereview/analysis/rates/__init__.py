"""Events per head of a population: crude, standardised, and compared with one another."""
