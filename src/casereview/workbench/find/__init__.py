"""Finding: passages by any combination of codes and answers, codes together, codes by answers, and words."""
