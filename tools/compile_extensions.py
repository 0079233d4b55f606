"""Compile the rooms to machine code with mypyc, for long runs. Never needed: without it everything works, only slower.

    python tools/compile_extensions.py             # or: make compiled
    PYTHONPATH=build/compiled riwaya build REPORTS -o DIR

Makes build/compiled: a copy of src/riwaya with extension modules beside the modules that they stand for. The checkout itself
stays as it is, so that an edited module is never hidden by an old extension. A copy that is older than the sources is made
again; where there is no C compiler, or the compiled rooms do not give the very bytes that the interpreted ones give for the
reports in examples/, the copy is removed, and what there is to say is one line.

Modules that mypyc cannot compile are left interpreted, and named.
"""

from __future__ import annotations

import argparse
import filecmp
import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "riwaya"
TARGET = ROOT / "build" / "compiled"
STAMP = TARGET / "stamp"
ROOMS = ("arabic", "mark", "relate", "weigh")  # where the time of a run goes; reading and writing wait for libraries
_TABLES = ("lexicon", "lexicons")  # nothing but data
_TRIES = 8  # modules that may turn out to be beyond mypyc
_COPIES = 8  # of the sample
_FAULT = re.compile(r"^(riwaya/\S+\.py):\d+: (?:error|\w*Error)", re.MULTILINE)


def digest() -> str:
    """A digest of all that the compiled copy is made from."""
    made = hashlib.blake2b(f"{sys.version} {sysconfig.get_platform()} {version('mypy')}".encode())
    made.update(Path(__file__).read_bytes())
    for path in sorted(p for p in SOURCE.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        made.update(f"{path.relative_to(SOURCE)}\0".encode() + path.read_bytes() + b"\0")
    return made.hexdigest()


def compiler() -> str | None:
    """The C compiler that setuptools would call, if it is here."""
    named = os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc"
    return shutil.which(named.split()[0])


def modules() -> list[str]:
    """The modules to compile, as paths below src."""
    found = (path for room in ROOMS for path in (SOURCE / room).rglob("*.py"))
    return sorted(path.relative_to(SOURCE.parent).as_posix() for path in found if not set(_TABLES) & set(path.parts))


def compile_here(names: list[str]) -> None:
    """In the child process, in the copy: compile and link. -O1 is as fast as -O3 here, and takes a third of the time."""
    from mypyc.build import mypycify  # noqa: PLC0415 - not there where mypy is not
    from setuptools import setup  # noqa: PLC0415 - the same

    # One C file for each module, so that they compile side by side.
    extensions = mypycify(
        ["--ignore-missing-imports", "--follow-imports=silent", *names], opt_level="1", debug_level="0", multi_file=True
    )
    setup(name="riwaya-compiled", ext_modules=extensions, script_args=["build_ext", "--inplace", f"-j{os.cpu_count() or 1}"])


def compile_all() -> str | None:
    """Compile the copy; what went wrong, or None."""
    names = modules()
    for _ in range(_TRIES):
        path = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))  # mypyc calls mypy
        run = subprocess.run(
            [sys.executable, __file__, "--compile-here", *names],
            cwd=TARGET, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if run.returncode == 0:
            shutil.rmtree(TARGET / "build", ignore_errors=True)
            return None
        beyond = sorted(set(_FAULT.findall(run.stdout + run.stderr)) & set(names))
        if not beyond:
            return (run.stderr.strip() or run.stdout.strip() or "no message").splitlines()[-1]
        print(f"left interpreted, being beyond mypyc: {', '.join(beyond)}")
        names = [name for name in names if name not in beyond]
    return "too many modules are beyond mypyc"


def build(reports: Path, root: Path, out: Path) -> None:
    """Dossiers of some reports by the package below `root`."""
    command = [sys.executable, "-m", "riwaya", "build", str(reports), "-o", str(out), "--quiet"]
    subprocess.run(command, env={**os.environ, "PYTHONPATH": str(root)}, check=True)


def differing(reports: Path) -> list[str]:
    """The files that the compiled and the interpreted rooms write differently for these reports."""
    with tempfile.TemporaryDirectory() as folder:
        one, other = Path(folder) / "interpreted", Path(folder) / "compiled"
        many = Path(folder) / "reports"  # enough of them for several processes: what they hand on is pickled
        for number in range(_COPIES):
            shutil.copytree(reports, many / str(number))
            for text in (many / str(number)).rglob("*.txt"):
                with text.open("a", encoding="utf-8") as file:
                    file.write(f"\n{number}\n")  # the same file twice would be read once
        try:
            build(many, SOURCE.parent, one)
            build(many, TARGET, other)
        except subprocess.CalledProcessError as error:
            return [f"(the build left with {error.returncode})"]
        names = sorted({p.relative_to(top).as_posix() for top in (one, other) for p in top.rglob("*") if p.is_file()})
        _, unlike, missing = filecmp.cmpfiles(one, other, names, shallow=False)
    return unlike + missing


def main() -> None:
    """Compile what is not compiled yet, check it, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", type=Path, default=None, metavar="REPORTS",
                        help="reports for which both forms must write the same bytes (default: examples/reports)")  # fmt: skip
    parser.add_argument("--compile-here", nargs="+", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.compile_here:
        compile_here(args.compile_here)
        return
    now = digest()
    if STAMP.is_file() and STAMP.read_text("utf-8") == now:
        print(f"{TARGET.relative_to(ROOT)} is up to date")
        return
    shutil.rmtree(TARGET, ignore_errors=True)
    if compiler() is None:
        print("no C compiler here: Riwaya runs interpreted, some 20 % slower")
        return
    start = time.perf_counter()
    shutil.copytree(SOURCE, TARGET / "riwaya", ignore=shutil.ignore_patterns("__pycache__"))
    wrong = compile_all()
    unlike = [] if wrong else differing(args.check or ROOT / "examples" / "reports")
    if unlike:
        wrong = f"it writes otherwise than the interpreted form: {', '.join(unlike[:5])}"
    if wrong:
        shutil.rmtree(TARGET)
        print(f"not compiled ({wrong}): Riwaya runs interpreted, some 20 % slower")
        return
    STAMP.write_text(now, "utf-8")
    print(f"compiled into {TARGET.relative_to(ROOT)} in {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
