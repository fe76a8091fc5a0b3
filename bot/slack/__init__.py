"""The Slack edge: who may see, what comes in, what goes out."""
