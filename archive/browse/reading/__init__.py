"""The text of a piece as the page shows it: paragraphs with anchors, marks, repairs, differences."""
