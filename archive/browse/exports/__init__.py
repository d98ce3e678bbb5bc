"""What readers take with them: a result set as a table, as citations, as a feed; streamed, the sample left out."""
