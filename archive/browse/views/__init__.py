"""Views: HTTP in, a page out. What a page shows is read in `selectors`."""
