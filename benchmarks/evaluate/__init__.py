"""`make evaluate`: fields right, wrong and unknown on every labelled text that can be had, and on generated pages."""
