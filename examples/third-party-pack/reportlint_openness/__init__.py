"""Rules of an association that does not exist: reports that people can read."""
