"""Sub-samples of a frame: drawn with a seed, compared with the frame."""
