"""How a piece is cited: the facts of it once, then one module a style."""
