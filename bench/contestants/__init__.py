"""The apps beside which the bot is measured; each is a module that runs as a process of its own."""
