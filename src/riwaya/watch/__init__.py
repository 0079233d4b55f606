"""watch: feeds, sitemaps, folders and standard input -> the archive, until stopped."""
