"""What search costs as a collection grows: measured at several sizes, fitted, foretold, and checked at the largest."""
