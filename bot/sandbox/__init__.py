"""The other side of the wire: a local HrFlow and a local Slack on one port; imports nothing of ours."""

from bot.sandbox.server import BotCredentials, Sandbox, SandboxOptions

__all__ = ["BotCredentials", "Sandbox", "SandboxOptions"]
