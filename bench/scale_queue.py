#!/usr/bin/python3
"""Runs workers over a queue of RabbitMQ, kills them at random moments, and counts.

    bench/scale_queue.py GALLEY [DOCUMENTS] [WORKERS]

Starts a broker of its own (rabbitmq-server of Debian) on a free port with its files in a temporary
folder, puts the documents into a queue, and keeps WORKERS workers running, of which one is killed
with SIGKILL every half second. When the queue is empty, every document must have one report, the same
that galley gives by itself. Then the same once more without kills, for the throughput.
"""
import contextlib
import json
import os
import pathlib
import random
import socket
import subprocess
import sys
import tempfile
import time

import pika

import stories

SCALE = pathlib.Path(__file__).resolve().parent.parent / "hosts" / "scale"
galley = os.path.abspath(sys.argv[1])
n_documents = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
n_workers = int(sys.argv[3]) if len(sys.argv) > 3 else 2


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


@contextlib.contextmanager
def broker(folder):
    port, distribution = free_port(), free_port()
    environment = dict(os.environ, HOME=str(folder), RABBITMQ_NODENAME="galley@localhost",
                       RABBITMQ_NODE_IP_ADDRESS="127.0.0.1", RABBITMQ_NODE_PORT=str(port),
                       RABBITMQ_DIST_PORT=str(distribution), RABBITMQ_MNESIA_BASE=str(folder / "data"),
                       RABBITMQ_LOG_BASE=str(folder / "log"), RABBITMQ_PID_FILE=str(folder / "pid"),
                       RABBITMQ_ENABLED_PLUGINS_FILE=str(folder / "plugins"),
                       RABBITMQ_CONFIG_FILE=str(folder / "rabbitmq"), ERL_EPMD_PORT=str(free_port()))
    server = subprocess.Popen(["/usr/lib/rabbitmq/bin/rabbitmq-server"], env=environment,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                              start_new_session=True)
    url = f"amqp://guest:guest@127.0.0.1:{port}/?heartbeat=0"
    try:
        for _ in range(240):
            with contextlib.suppress(pika.exceptions.AMQPConnectionError):
                pika.BlockingConnection(pika.URLParameters(url)).close()
                break
            time.sleep(0.5)
        yield url
    finally:
        os.killpg(server.pid, 15)
        server.wait()
        subprocess.run(["epmd", "-kill"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def left(url, queue):
    connection = pika.BlockingConnection(pika.URLParameters(url))
    n = connection.channel().queue_declare(queue, durable=True, passive=True).method.message_count
    connection.close()
    return n


def run_workers(url, queue, reports, kills):
    """Until every document has its report and every message is acknowledged. (seconds, kills)"""
    reports.mkdir()
    start = lambda: subprocess.Popen([SCALE / "queue_worker.py", url, queue, reports, "--jobs=1"],
                                     env=dict(os.environ, GALLEY=galley), stderr=subprocess.DEVNULL)
    began = time.monotonic()
    workers = [start() for _ in range(n_workers)]
    n_killed = 0
    while len(list(reports.glob("*.json"))) < n_documents:
        time.sleep(random.uniform(0.3, 0.7) if kills else 0.2)
        if kills:
            victim = random.randrange(n_workers)
            workers[victim].kill()
            workers[victim].wait()
            n_killed += 1
            workers[victim] = start()
    seconds = time.monotonic() - began
    time.sleep(3)  # what was given back is checked again and acknowledged
    for worker in workers:
        worker.terminate()
        worker.wait()
    time.sleep(1)
    assert left(url, queue) == 0, f"{left(url, queue)} messages are left"
    return seconds, n_killed


def judge(documents, reports):
    """Every document has one report, the one that galley writes by itself."""
    lines = subprocess.run([galley, "check", "--stream"], stdout=subprocess.PIPE, check=False,
                           input="".join(json.dumps({"uri": str(path), "text": path.read_text()}) + "\n"
                                         for path in documents).encode()).stdout.splitlines(True)
    expected = sorted(lines)
    found = sorted(path.read_bytes() for path in reports.glob("*.json"))
    assert found == expected, f"{len(found)} reports, {len(expected)} documents"


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    stories.main(folder / "stories", n_documents)
    documents = sorted((folder / "stories").iterdir())
    with broker(folder) as url:
        for queue, kills in (("killed", True), ("calm", False)):
            began = time.monotonic()
            subprocess.run([SCALE / "queue_fill.py", url, queue, *documents], check=True)
            filled = time.monotonic() - began
            seconds, n_killed = run_workers(url, queue, folder / queue, kills)
            judge(documents, folder / queue)
            print(f"{queue}: {n_documents} documents, {n_workers} workers, {n_killed} kills: "
                  f"filled in {filled:.1f} s, checked in {seconds:.1f} s ({n_documents / seconds:.0f}/s), "
                  f"every report there once")
