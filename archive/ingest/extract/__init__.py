"""From the repaired text of one capture to its stories and their fields; pure functions, no database."""
