"""Rules: pure functions of values, standard library only. Nothing here reads a clock, a file or the network."""
