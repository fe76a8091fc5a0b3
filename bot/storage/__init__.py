"""What Shortlist remembers. Repositories take and return domain objects."""
