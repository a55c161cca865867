"""The Nu validator on a built site: `validate.py OUTPUT VNU_JAR` ends with 1 where it finds an error.

Pages that differ by their content alone are many: of each kind (its first folder, its depth, its layout's main class)
the first `EACH` are taken, of articles more.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

EACH, ARTICLES = 3, 40


def chosen(output: Path) -> list[Path]:
    taken: dict[tuple[str, ...], int] = {}
    found = []
    for path in sorted(output.rglob("*.html")):
        name = path.relative_to(output).as_posix()
        body = re.search(r'<main id="main" class="([^"]*)"', path.read_text(encoding="utf-8"))
        kind = (re.sub(r"\d+", "0", name.partition("/")[0]), str(name.count("/")), body[1] if body else "")
        taken[kind] = taken.get(kind, 0) + 1
        if taken[kind] <= (ARTICLES if "story-page" in kind[2] else EACH):
            found.append(path)
    return found + sorted(output.glob("assets/*.css")) + sorted(output.glob("*.svg"))


def main() -> int:
    output, jar = Path(sys.argv[1]), Path(sys.argv[2])
    files = chosen(output)
    ran = subprocess.run(
        ["java", "-Xss2m", "-jar", str(jar), "--format", "gnu", "--also-check-css", "--also-check-svg",
         *map(str, files)],
        stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    lines = [line.replace(f"file:{output.absolute()}/", "") for line in ran.stderr.splitlines()]
    # A file on a disk has no origin that 'self' could mean, and JSON-LD, which no policy stops, is taken for a script.
    lines = [line for line in lines if "Content Security Policy (meta tag)" not in line]
    errors = [line for line in lines if " error: " in line or " fatal: " in line]
    print("\n".join(lines))
    print(f"{len(files)} files, {len(errors)} errors, {len(lines) - len(errors)} warnings")
    return 1 if errors or ran.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
