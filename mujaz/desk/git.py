"""Changes since the last commit, and commits, with the editor's own git, its settings and credentials."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import tempfile
from pathlib import Path
from typing import IO

from mujaz.desk.files import Files, Refused
from mujaz.frozen import Value
from mujaz.messages.message import say

SECONDS = 120.0  # for a push or a pull over a slow network
MOST_SAID = 2_000  # characters of git's output that are shown
ENDING = 5.0  # seconds that git has to take its locks away
QUIET = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_PAGER": "cat",
    "LC_ALL": "C.UTF-8",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LITERAL_PATHSPECS": "1",  # the name of content/ is no pattern
}
# In git's folder while it is in the middle of something.
UNDER_WAY = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply", "BISECT_LOG")
# What a hook that starts the desk has set: it is about another repository.
FOREIGN = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_PREFIX")
KINDS = {"?": "new", "A": "new", "M": "changed", "D": "deleted", "R": "moved", "U": "conflict", "T": "changed"}


class Change(Value):
    """A file that differs from the last commit: `kind` is new, changed, deleted, moved or conflict."""

    path: str
    kind: str


class State(Value):
    """The state of the repository. `ahead` and `behind` count commits against the upstream, None without one."""

    branch: str
    author: str
    changes: tuple[Change, ...]
    ahead: int | None = None
    behind: int | None = None


class Git:
    """The repository that contains `root`. Only files below `content` are committed."""

    def __init__(self, root: Path, content: str) -> None:
        self.root, self.content = root, content

    @property
    def is_there(self) -> bool:
        above = (self.root, *self.root.parents)
        return shutil.which("git") is not None and any((folder / ".git").exists() for folder in above)

    async def _run(self, *words: str, sent: str = "") -> tuple[int, str, str]:
        """The exit code of git, its output, and what it says beside that: warnings, errors, progress."""
        # Files, not pipes: what a hook leaves running holds a pipe open, and git would seem not to end.
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as said:
            process = await asyncio.create_subprocess_exec(
                "git",
                *words,
                cwd=self.root,
                env={name: value for name, value in os.environ.items() if name not in FOREIGN} | QUIET,
                stdin=asyncio.subprocess.PIPE,
                stdout=out,
                stderr=said,
                start_new_session=True,  # a group of its own: `_end` ends hooks and helpers too
            )
            try:
                await asyncio.wait_for(process.communicate(sent.encode()), SECONDS)
            except TimeoutError:
                await _end(process)
                return 1, "", "…"
            return process.returncode or 0, _text(out), _text(said)

    async def _must(self, *words: str, sent: str = "") -> str:
        """The output of git. Raises Refused with its error message where it failed."""
        code, out, said = await self._run(*words, sent=sent)
        if code:
            raise Refused(say("desk-git-failed", said=" ".join(f"{said} {out}".split())[:MOST_SAID]), 409)
        return out

    async def state(self) -> State:
        await self._check_one()
        said = await self._must("status", "--porcelain=v1", "-z", "--untracked-files=all", "--", self.content)
        _, branch, _ = await self._run("branch", "--show-current")
        _, author, _ = await self._run("config", "user.name")
        code, counts, _ = await self._run("rev-list", "--left-right", "--count", "HEAD...@{upstream}")
        ahead, behind = map(int, counts.split()) if code == 0 else (None, None)
        above = (await self._must("rev-parse", "--show-prefix")).removesuffix("\n")
        changes = _changes(said, above)
        return State(branch=branch.strip(), author=author.strip(), changes=changes, ahead=ahead, behind=behind)

    async def commit(self, message: str, name: str, mail: str) -> None:
        """Commit all below content/, with the author's name if one is given. Raises Refused where git fails, and where
        a merge, a rebase or the like has not come to its end: to add a file in conflict says that it is settled. Nor
        is anything committed where no branch is checked out: the next checkout would take the words away.
        """
        if any(letter in name + mail for letter in "<>\n\0"):
            raise Refused(say("desk-name-wrong"), 400)
        await self._check_one()
        if await self._is_under_way():
            raise Refused(say("desk-git-under-way"), 409)
        code, _, _ = await self._run("symbolic-ref", "--quiet", "HEAD")
        if code:
            raise Refused(say("desk-git-no-branch"), 409)
        author = [f"--author={name} <{mail}>"] if name else []
        await self._must("add", "--all", "--", self.content)
        await self._must("commit", "--file=-", "--cleanup=whitespace", *author, "--", self.content, sent=message)

    async def _is_under_way(self) -> bool:
        """Whether git is in the middle of what is not to be committed from outside."""
        if await self._must("ls-files", "--unmerged"):
            return True
        found = await self._must("rev-parse", *(word for name in UNDER_WAY for word in ("--git-path", name)))
        return any((self.root / path).exists() for path in found.splitlines())

    async def push(self) -> None:
        await self._check_one()
        await self._must("push")

    async def pull(self, files: Files) -> None:
        """Bring in what others pushed, where nothing is to be merged. While git replaces files the desk writes none:
        git looks at all of them first, and what is saved after that it would write over.
        """
        await self._check_one()
        await self._must("fetch")  # so that little is left to fetch while saves wait
        await asyncio.to_thread(self._bring_in, files)  # a save that waits for its turn holds up the desk's own thread

    def _bring_in(self, files: Files) -> None:
        # Without a stash: what is in conflict then would stand in an article, and git would call that done. By
        # settings, since git before 2.27 takes `--no-autostash` for a rebase alone.
        words = ("-c", "rebase.autostash=false", "-c", "merge.autostash=false", "pull", "--ff-only")
        with files.one_write():
            asyncio.run(self._must(*words))

    async def _check_one(self) -> None:
        """Raise Refused where a part of content/ belongs to another repository. A commit here holds none of its files,
        and git would run the programs that its settings name: content/ is not trusted.
        """
        other = await asyncio.to_thread(_other_repository, self.root, self.content)
        if other:
            raise Refused(say("desk-git-other-repository", path=other), 409)


def _other_repository(root: Path, content: str) -> str:
    """The first folder at or below content/ with a `.git` of its own, or content/ where it is a link; else empty."""
    if os.path.realpath(root / content) != os.path.join(os.path.realpath(root), content):
        return content
    for folder, folders, names in os.walk(root / content):
        if any(name.lower() == ".git" for name in (*folders, *names)):
            return os.path.relpath(folder, root)
    return ""


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode(errors="replace")


async def _end(process: asyncio.subprocess.Process) -> None:
    """End git with its hooks and helpers. One that is killed leaves its lock, and no other could commit."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(process.wait(), ENDING)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    await process.wait()


def _changes(said: str, above: str = "") -> tuple[Change, ...]:
    """What `git status` said; `above` is the path of the site in its repository, with a `/`."""
    found = []
    entries = iter(said.split("\0"))
    for entry in entries:
        if len(entry) < 4:
            continue
        letters, path = entry[:2], entry[3:]
        if "R" in letters or "C" in letters:
            next(entries, "")
        letter = "U" if "U" in letters or letters in ("AA", "DD") else letters.strip()[:1]
        found.append(Change(path=path.removeprefix(above), kind=KINDS.get(letter, "changed")))
    return tuple(found)
