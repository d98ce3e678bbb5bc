"""The archive for programs: JSON over HTTP, described by OpenAPI 3.1. It reads what the pages read."""
