"""The HrFlow side of the sandbox: the API over generated profiles and jobs."""

from .config import HrflowConfig
from .side import HrflowSide

__all__ = ["HrflowConfig", "HrflowSide"]
