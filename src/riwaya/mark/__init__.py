"""mark: Article -> marks. One article at a time, pure, parallel."""
