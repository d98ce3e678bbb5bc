"""From bytes to articles: readers, extraction, the pipeline, import batches and the upload flow."""
