"""From the bytes of a document to its canonical text with a page map, in a limited child process; quotes anchored in it."""
