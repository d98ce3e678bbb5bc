"""What readers see: pages, charts, citations."""
