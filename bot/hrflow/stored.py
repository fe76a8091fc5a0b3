"""The stored profile, as it is read to be written back: its labels for a job, and the same profile with that one set.

HrFlow replaces the whole object (reference hrflow-api §6.3), so every other field goes back as it came.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bot import errors
from bot.domain.stages import with_label
from bot.hrflow import readers
from bot.hrflow.fields import as_array, as_key, as_object

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.domain.entities import Job, Label, Stage


def labels(reply: Mapping[str, Any], job_key: str) -> tuple[str, tuple[Label, ...]]:
    """The key of the profile in `data`, "" where there is none, and those of its labels that may be about that job.

    Older labels name a job by its reference alone: these are among them.
    """
    data = as_object(reply.get("data"))
    found = readers.read_labels(data.get("labels"))
    key = as_key(data.get("key")) or as_key(data.get("profile_id"))
    return key, tuple(each for each in found if each.job_key in ("", job_key))


def edited(reply: Mapping[str, Any], source_key: str, key: str, *, job: Job, target: Stage, at: datetime) -> bytes:
    """`data` as the body of a PUT, its label for `job` set to `target`, dated `at`.

    Raises HrflowUnwritableError where that would not be JSON, HrflowMalformedError where there is no profile.
    """
    data = reply.get("data")
    if not isinstance(data, dict):
        raise errors.HrflowMalformedError("no profile in the reply")
    changed = with_label(as_array(data.get("labels")), job=job, target=target, at=at, read=readers.read_label)
    try:
        # ASCII escapes carry whatever text HrFlow has given out, half characters included. NaN and Infinity, which it
        # may give out (1e999 too is read as that), are no JSON, and to write another number would be a lie.
        body = json.dumps({**data, "labels": changed, "source_key": source_key, "key": key}, allow_nan=False)
    except (ValueError, RecursionError):
        raise errors.HrflowUnwritableError("the stored profile cannot be written back as JSON") from None
    return body.encode()
