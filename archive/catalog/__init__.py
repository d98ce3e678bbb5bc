"""The records of the archive: outlets, captures and their layers, articles, versions, evidence, revisions."""
