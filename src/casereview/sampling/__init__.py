"""Sub-samples of a frame: drawn with a seed, compared with the frame, and substitutes put on record."""

from casereview.sampling.comparing import Comparison, Share, compare
from casereview.sampling.drawing import draw
from casereview.sampling.frame import Drawn, Frame, Unmet
from casereview.sampling.substituting import Member, with_substitutes

__all__ = ["Comparison", "Drawn", "Frame", "Member", "Share", "Unmet", "compare", "draw", "with_substitutes"]
