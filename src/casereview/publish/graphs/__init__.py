"""Drawn on the server: pathways from risks to harm, and maps of the system around a case, as SVG with links."""
