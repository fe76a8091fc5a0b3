"""The Slack side of the sandbox: state, Web API, delivery, response_urls, limits."""
