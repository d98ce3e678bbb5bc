"""The running of the site: signs of life and readiness, metrics, logs, and the page of operations in the admin."""
