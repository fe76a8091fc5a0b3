"""Words and blocks: pure functions from domain values to Slack messages. Every word a person reads lives here."""
