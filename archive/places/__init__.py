"""Divisions of China (GB/T 2260 with validity years), the gazetteer, and which place a text is about."""
