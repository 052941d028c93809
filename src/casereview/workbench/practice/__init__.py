"""What practice.yaml asks of chronologies, on pages: of one case, and across cases; as far as somebody may see them."""
