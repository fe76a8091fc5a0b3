"""The yardstick: the bot beside two other apps, in one run on one machine. `python -m bench`, or `make bench`."""
