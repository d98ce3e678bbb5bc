"""The promises of the search as tests of `evaluate(Request)` alone: any engine runs them unchanged."""
