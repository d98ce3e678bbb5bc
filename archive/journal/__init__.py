"""What the machinery notes of itself: which upkeep ran, when and how it ended, and that a worker lives."""
