"""Charts drawn on the server: SVG whose marks are links, without script or inline style."""
