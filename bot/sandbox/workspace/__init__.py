"""The `/workspace` calls: the hands and eyes of people, and the switchboard of tests (DESIGN §6)."""
