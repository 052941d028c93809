"""How the synthetic cases of this example are made. Nothing here describes a real child, family or review."""
