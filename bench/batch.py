#!/usr/bin/env python3
"""Measures galley over many documents: bench/batch.py GALLEY [RUNS]

Parallel efficiency: T(1) / (n T(n)) over 6,000 stories, the least of RUNS runs each, for n up to the
cores there are. Where others use the machine that says more about them; so n jobs are also held
against n processes of one job each that share the list, run in turn, which lose nothing to waiting
for each other.
Memory: the most that is resident over 10,000 and over 100,000 small files, and half-way; what grows
between them is the list of names.
"""
import os
import subprocess
import sys
import tempfile
import threading
import time

import stories

galley = os.path.abspath(sys.argv[1])
runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5


def start(jobs, paths):
    process = subprocess.Popen([galley, "check", "--quiet", f"--jobs={jobs}", "--format=jsonl", "--files-from=-"],
                               stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    process.stdin.write("".join(f"{path}\n" for path in paths).encode())
    process.stdin.close()
    return process


def timed(processes, jobs, paths):
    began = time.monotonic()
    for process in [start(jobs, paths[i::processes]) for i in range(processes)]:
        process.wait()
    return time.monotonic() - began


def memory_over(names):
    """(most, half-way) KiB that are resident, and seconds."""
    process = subprocess.Popen([galley, "check", "--quiet", "--format=jsonl", "--files-from=-"],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    threading.Thread(target=lambda: (process.stdin.write(names), process.stdin.close())).start()
    began = time.monotonic()
    n_all, n, most, half = names.count(b"\n"), 0, 0, 0
    for _ in process.stdout:
        n += 1
        if n < n_all and (n % 5000 == 0 or n == n_all // 2):
            with open(f"/proc/{process.pid}/status", encoding="ascii") as file:
                now = next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))
            most = max(most, now)
            half = now if n == n_all // 2 else half
    process.wait()
    assert n == n_all, (n, n_all)
    return most, half, time.monotonic() - began


with tempfile.TemporaryDirectory() as folder:
    stories.main(f"{folder}/stories", 6000)
    paths = sorted(f"{folder}/stories/{name}" for name in os.listdir(f"{folder}/stories"))
    alone = min(timed(1, 1, paths) for _ in range(runs))
    print(f"1 job: {alone:.2f} s, {6000 / alone:.0f} documents/s")
    for jobs in range(2, os.cpu_count() + 1):
        both = [(timed(1, jobs, paths), timed(jobs, 1, paths)) for _ in range(runs)]
        seconds = min(pair[0] for pair in both)
        ratios = sorted(pair[1] / pair[0] for pair in both)
        print(f"{jobs} jobs: {seconds:.2f} s, {6000 / seconds:.0f} documents/s, efficiency "
              f"{alone / jobs / seconds:.2f}; {jobs} processes took {ratios[runs // 2]:.2f} times as long (median)")
    stories.main(f"{folder}/small", 100000, 1)
    names = sorted(os.listdir(f"{folder}/small"))
    for n in (10000, 100000):
        most, half, seconds = memory_over("".join(f"{folder}/small/{name}\n" for name in names[:n]).encode())
        print(f"{n} files: {seconds:.1f} s, at most {most} KiB resident, {half} KiB half-way")
