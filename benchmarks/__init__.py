"""Measurements: speed side by side with peers, and quality against labelled sets. `make bench` runs them.

Nothing here is part of the site. Texts are read from ../shared; where it is absent, speed is
measured on a generated collection and quality is not measured, which the output says.
"""
