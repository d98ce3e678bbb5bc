"""What pages read: figures of a part of the archive, and the records a page shows, in a constant number of queries."""
