"""REFI-QDA 1.0: projects (.qdpx) and codebooks (.qdc), in and out. What a file cannot carry is listed as a loss, each way.

A file from outside is hostile until it is read: nothing of it becomes a path, and everything in it is counted against `limits`.
"""

from casereview.interchange.refi.losses import Loss, as_text
from casereview.interchange.refi.reading import Read, read_codebook, read_project
from casereview.interchange.refi.writing import write_codebook, write_project

__all__ = ["Loss", "Read", "as_text", "read_codebook", "read_project", "write_codebook", "write_project"]
