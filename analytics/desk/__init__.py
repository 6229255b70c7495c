"""The data desk: files on their way in, mappings, entry forms, and acts in a person's name."""
