#!/usr/bin/env python3
"""How fast galley is beside other checkers, on the same text, in one run.

usage: bench/speed.py TEXT [--rounds N] [--harper FOLDER] [--no-growth]

TEXT is plain text, at least 4 MB of news to speak of. Needs a build (./run) and, for what it is held
against, aspell, hunspell and node; what is not installed is left out. harper.js is taken from
FOLDER/node_modules, or installed there by npm (a temporary folder unless told).

Prints medians of the rounds (5 unless told). The programs take turns, so that what else the machine
does hits all of them. Speed is bytes by seconds of processor time (user and system), of one process
and one thread; a core that is shared with others counts more of them than one that is not, so the
best round is given, too. Slow programs get the text's first part only, as the table says.
"""
import argparse
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
GALLEY = BUILD / "hosts" / "cli" / "galley"
CHECK = ["check", "--no-config", "--jobs=1", "--format=jsonl"]

HARPER = """
import { readFileSync } from 'node:fs';
const { LocalLinter } = await import(process.argv[2] + '/index.js');
const { binary } = await import(process.argv[2] + '/binary.js');
const linter = new LocalLinter({ binary });
await linter.setup();
const text = readFileSync(0, 'utf8');
if (text.length > 0) console.log((await linter.lint(text)).length);
"""


def run(command, path):
    """Feeds the file to the command; wall and processor seconds, peak memory in KB."""
    with open(path, "rb") as text:
        begin = time.perf_counter()
        process = subprocess.Popen(command, stdin=text, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        _, _, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = 0
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def first_part(path, size, folder):
    """The file's first bytes up to a line's end, as a file of its own."""
    data = path.read_bytes()
    if len(data) <= size:
        return path
    part = folder / f"first-{size}.txt"
    part.write_bytes(data[:data.rfind(b"\n", 0, size) + 1] or data[:size])
    return part


def find_harper(folder):
    """Where harper.js is, installed if need be; None when it is not to be had."""
    if not shutil.which("node") or not shutil.which("npm"):
        return None
    dist = folder / "node_modules" / "harper.js" / "dist"
    if not dist.is_dir():
        try:
            subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix",
                            str(folder), "harper.js"], check=True, timeout=300,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        except (subprocess.SubprocessError, OSError):
            return None
    return dist if dist.is_dir() else None


def programs(folder, harper):
    """(name, command, bytes of the text that it gets)"""
    whole = 1 << 40
    yield "galley, all checks", [str(GALLEY), *CHECK, "-"], whole
    yield "galley, spelling", [str(GALLEY), *CHECK, "--only=spelling", "-"], whole
    if shutil.which("aspell"):
        yield "aspell list", ["aspell", "--lang=en", "list"], whole
    if shutil.which("hunspell"):
        yield "hunspell -l", ["hunspell", "-d", "en_US", "-l"], 200_000
    dist = find_harper(harper or folder / "harper")
    if dist:
        script = folder / "harper.mjs"
        script.write_text(HARPER)
        yield "harper.js", ["node", str(script), str(dist)], 20_000


def compare(text, folder, rounds, harper):
    tiny = folder / "tiny.txt"
    tiny.write_text("The minister went tosupport them.\n")
    empty = folder / "empty.txt"
    empty.write_text("")
    # A new process counts the memory of the one that it was made by.
    floor = run(["true"], empty)[2]
    rows = []
    for name, command, size in programs(folder, harper):
        rows.append((name, command, first_part(text, size, folder), [], [], []))
    for turn in range(rounds):
        for name, command, part, whole, start, none in rows:
            if part != text and turn > 2:
                continue  # a slow one: three rounds
            whole.append(run(command, part))
            start.append(run(command, tiny)[0])
            none.append(run(command, empty)[1])
    aspell = None
    figures = []
    for name, command, part, whole, start, none in rows:
        size = part.stat().st_size
        # A part is short beside the start-up, which is not what is compared.
        less = statistics.median(none) if part != text else 0
        speeds = [size / max(cpu - less, 1e-6) / 1e6 for _, cpu, _ in whole]
        figures.append((name, size, statistics.median(speeds), max(speeds),
                        statistics.median(start) * 1e3, max(peak for _, _, peak in whole)))
        if name == "aspell list":
            aspell = figures[-1][2]
    print(f"{'':20} {'text':>9} {'speed':>12} {'best':>12} {'× aspell':>9} {'start-up':>10} "
          f"{'peak memory':>12}")
    for name, size, speed, best, start, peak in figures:
        ratio = f"{speed / aspell:9.3g}" if aspell else f"{'':9}"
        less = "<" if peak <= floor + 512 else " "
        print(f"{name:20} {size / 1e6:6.2f} MB {speed:7.3g} MB/s {best:7.3g} MB/s {ratio} "
              f"{start:7.1f} ms {less}{peak / 1024:8.1f} MB")


def check_again(text, folder, rounds):
    """A text of a thousand words in a process that has checked it before."""
    words = re.match(rb"(?:\S+\s+){0,1000}", text.read_bytes()).group()
    part = folder / "thousand.txt"
    part.write_bytes(words)
    output = subprocess.run([str(BUILD / "bench" / "bench_check"), str(part), str(20 * rounds)],
                            capture_output=True, text=True, check=True).stdout
    taken = re.search(r"^all +([0-9.]+) ms, best +([0-9.]+)", output, re.M)
    print(f"\n1,000 words again in a process that runs: {taken[1]} ms, best {taken[2]} ms")


def numbered(data, copy):
    """The text with a number at each sentence's end: else the same ones would stand in it again."""
    return re.sub(rb"(\w)([.?!][\"\xE2\x80\x9D]*\s)", rb"\1 " + str(copy).encode() + rb"\2", data)


def growth(text, folder, rounds):
    print("\none document of growing size, all checks\n"
          f"{'size':>10} {'seconds':>9} {'ns a byte':>10}")
    data = text.read_bytes()
    for size in 1_000_000, 10_000_000, 100_000_000:
        path = folder / "grown.txt"
        with open(path, "wb") as out:
            copy = written = 0
            while written < size:
                piece = numbered(data, copy)[:size - written]
                piece = piece[:piece.rfind(b"\n") + 1] or piece
                out.write(piece)
                written += len(piece)
                copy += 1
                if len(piece) < 1000:
                    break
        n = rounds if size < 50_000_000 else 1
        taken = [run([str(GALLEY), *CHECK, str(path)], os.devnull) for _ in range(n)]
        seconds = statistics.median(cpu for _, cpu, _ in taken)
        real = path.stat().st_size
        print(f"{real / 1e6:7.1f} MB {seconds:9.3f} {seconds * 1e9 / real:10.1f}")


def jobs(text, folder, rounds):
    stories = folder / "stories"
    stories.mkdir()
    data = text.read_bytes()
    step = max(1, len(data) // 256)
    for i in range(256):
        (stories / f"{i:03}.txt").write_bytes(data[i * step:(i + 1) * step])
    cores = len(os.sched_getaffinity(0))
    print(f"\nthe text as 256 documents, by threads ({cores} processors)\n"
          f"{'jobs':>6} {'wall seconds':>13} {'times one':>10}")
    one = None
    n = 1
    while n <= max(2, 2 * cores):
        command = [str(GALLEY), *CHECK[:2], f"--jobs={n}", "--format=jsonl", str(stories)]
        wall = statistics.median(run(command, os.devnull)[0] for _ in range(rounds))
        one = one or wall
        print(f"{n:6} {wall:13.3f} {one / wall:10.2f}")
        n *= 2


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("text", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--harper", type=pathlib.Path)
    parser.add_argument("--no-growth", action="store_true")
    options = parser.parse_args()
    if not GALLEY.exists():
        sys.exit(f"{GALLEY} is not built: ./run does that")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        compare(options.text, folder, options.rounds, options.harper)
        check_again(options.text, folder, options.rounds)
        jobs(options.text, folder, options.rounds)
        if not options.no_growth:
            growth(options.text, folder, options.rounds)


if __name__ == "__main__":
    main()
