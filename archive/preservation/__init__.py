"""The whole archive out of the site and into another one: a bag of records and bytes, and copies for the bad day."""
