"""Carries out a Dockerfile without an engine: each stage in a folder of its own, all absolute paths inside it.

It knows the instructions that our Dockerfile uses and refuses any other, so that a new one is never passed over in
silence. The base image is stood for by the Python that runs the tests.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

_NOTED = frozenset(
    {"EXPOSE", "HEALTHCHECK", "USER", "VOLUME"}
)  # say something of the container, do nothing to its files
_PASSED_ON = ("PIP_", "SSL_", "REQUESTS_", "HTTP", "http", "NO_PROXY", "no_proxy")  # how this machine reaches packages
_ABSOLUTE = re.compile(r"(?<![\w./-])/(?=\w)")
BUILD_SECONDS = 300


@dataclass
class Stage:
    """One stage of the build, and what it would leave in the image."""

    root: Path
    workdir: str = "/"
    env: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)

    def inside(self, path: str) -> Path:
        """Where an absolute path, or one relative to the working directory, lies on this machine."""
        return self.root / str(Path(self.workdir, path)).lstrip("/")

    def argv(self, name: str) -> list[str]:
        """ENTRYPOINT, CMD or HEALTHCHECK in the form that starts no shell."""
        words = self.said[name][self.said[name].index("[") :]
        found: list[str] = json.loads(words)
        return found

    def environment(self) -> dict[str, str]:
        """What a process in this container sees; nothing of this machine but its Python."""
        return {"PATH": f"{self.root}/base/bin:/usr/bin:/bin", "HOME": str(self.root), **self.env}


def instructions(dockerfile: str) -> list[tuple[str, str]]:
    """(INSTRUCTION, arguments) in order, continued lines joined, comments left out."""
    lines = [line for line in dockerfile.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [(name.upper(), rest.strip()) for name, _, rest in (line.partition(" ") for line in joined.splitlines())]


def build_context(source: Path, ignored: str, target: Path) -> None:
    """Copy to `target` what an engine would be sent of `source` under that .dockerignore: the last pattern decides."""
    rules = [
        (line.startswith("!"), _pattern(line.lstrip("!").strip("/")))
        for line in map(str.strip, ignored.splitlines())
        if line and not line.startswith("#")
    ]
    for folder, folders, files in os.walk(source):
        folders[:] = [name for name in folders if name not in {".venv", ".git"}]  # large, and excluded by `*` anyway
        for name in files:
            path = Path(folder, name)
            inner = path.relative_to(source)
            names = [str(inner), *(str(parent) for parent in inner.parents if parent.name)]
            kept = True
            for keeps, pattern in rules:
                if any(pattern.fullmatch(each) for each in names):
                    kept = keeps
            if kept:
                (target / inner).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, target / inner)


def _pattern(text: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", text)
    meaning = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile("".join(meaning.get(part, re.escape(part)) for part in parts))


def replay(dockerfile: str, context: Path, target: Path) -> list[Stage]:
    """Carry out all stages below `target`; returns them in order, the image last."""
    arguments: dict[str, str] = {}
    stages: list[Stage] = []
    names: dict[str, Stage] = {}
    for name, rest in instructions(dockerfile):
        if name == "ARG":
            key, _, value = rest.partition("=")
            arguments[key] = value
        elif name == "FROM":
            stages.append(_begin(target / f"stage{len(stages)}"))
            if " AS " in rest:
                names[rest.rsplit(" ", 1)[1]] = stages[-1]
        else:
            _carry_out(name, rest, stages[-1], context, names)
    return stages


def _begin(root: Path) -> Stage:
    """A base image: a Python and nothing else. A script, because a link to the Python of a venv forgets the venv."""
    python = root / "base/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    return Stage(root)


def _carry_out(name: str, rest: str, stage: Stage, context: Path, names: dict[str, Stage]) -> None:
    if name == "COPY":
        _copy(shlex.split(rest), stage, context, names)
    elif name == "RUN":
        _run(rest, stage)
    elif name == "ENV":
        for pair in shlex.split(rest):
            key, _, value = pair.partition("=")
            own = stage.environment()["PATH"] if key == "PATH" else ""
            stage.env[key] = _inside(value.removesuffix(":$PATH"), stage) + (
                f":{own}" if value.endswith(":$PATH") else ""
            )
    elif name == "WORKDIR":
        stage.workdir = str(Path(stage.workdir, rest))
        stage.inside("").mkdir(parents=True, exist_ok=True)
    elif name in {"ENTRYPOINT", "CMD"} or name in _NOTED:
        stage.said[name] = rest
    else:
        raise ValueError(f"the replay does not know {name}")


def _copy(words: list[str], stage: Stage, context: Path, names: dict[str, Stage]) -> None:
    other = names[words.pop(0).removeprefix("--from=")] if words[0].startswith("--from=") else None
    *sources, target = words
    for source in sources:
        found = other.inside(source) if other else context / source
        place = stage.inside(target)
        if found.is_dir():
            shutil.copytree(found, place, symlinks=True, dirs_exist_ok=True)
            continue
        if target.endswith("/"):
            place = place / found.name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(found, place)


def _run(command: str, stage: Stage) -> None:
    machine = {name: value for name, value in os.environ.items() if name.startswith(_PASSED_ON)}
    home = {"HOME": os.environ.get("HOME", str(stage.root))}  # pip's own configuration may be there
    done = subprocess.run(
        ["/bin/sh", "-euc", _inside(command, stage)],
        cwd=stage.inside(""),
        env=machine | stage.environment() | home,
        capture_output=True,
        text=True,
        timeout=BUILD_SECONDS,
        check=False,
    )
    assert done.returncode == 0, f"RUN {command}\n{done.stdout}{done.stderr}"


def _inside(text: str, stage: Stage) -> str:
    """The text with every absolute path moved into the stage."""
    return _ABSOLUTE.sub(f"{stage.root}/", text)
