"""From a folder of case reviews to a briefing whose every figure can be traced."""

__version__ = "0.1.0"
