#!/usr/bin/python3
"""Checks what is in a queue of RabbitMQ: queue_worker.py URL QUEUE REPORTS [OPTIONS OF GALLEY...]

Messages go into one `galley check --stream`; its reports come in the same order, each is stored as
REPORTS/ID.json and only then its message acknowledged. A worker that is killed at any moment loses
nothing: what it did not acknowledge is given to another. It doubles nothing: a report is stored under
its message's id, at once (written beside its name, synced, renamed), so that a message that is
checked twice still has one report, the same. Any number of workers may run, on any machine that has
the folder of the reports.
"""
import collections
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import threading

import pika

AHEAD = 32  # messages that a worker has taken and not acknowledged


def store(folder, name, report):
    """Writes a report under its name, whole or not at all, and for good."""
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".", delete=False) as file:
        file.write(report)
        file.flush()
        os.fsync(file.fileno())
    os.replace(file.name, os.path.join(folder, name + ".json"))
    directory = os.open(folder, os.O_RDONLY)
    os.fsync(directory)
    os.close(directory)


def line_of(body):
    """The message as one line that galley answers with one report: a line end in JSON is only white
    space, and an empty line would be passed over."""
    line = body.replace(b"\n", b" ").strip()
    return line or b"null"


class Worker:
    def __init__(self, url, queue, folder, options):
        self.folder = folder
        self.galley = subprocess.Popen([os.environ.get("GALLEY", "galley"), "check", "--stream", *options],
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.pending = collections.deque()  # (tag, id) of what galley was given, in order
        self.connection = pika.BlockingConnection(pika.URLParameters(url))
        self.channel = self.connection.channel()
        self.channel.queue_declare(queue, durable=True)
        self.channel.basic_qos(prefetch_count=AHEAD)
        self.channel.basic_consume(queue, self.take)
        threading.Thread(target=self.give, daemon=True).start()

    def take(self, channel, method, properties, body):
        """A message from the broker."""
        name = properties.message_id or hashlib.sha256(body).hexdigest()
        self.pending.append((method.delivery_tag, os.path.basename(name)))
        self.galley.stdin.write(line_of(body) + b"\n")
        self.galley.stdin.flush()

    def give(self):
        """Reports from galley, in a thread of its own."""
        for report in self.galley.stdout:
            tag, name = self.pending.popleft()
            json.loads(report)
            store(self.folder, name, report)
            self.connection.add_callback_threadsafe(lambda tag=tag: self.channel.basic_ack(tag))
        os._exit(3)  # galley has ended: what is pending is given to another worker

    def run(self):
        self.channel.start_consuming()


if __name__ == "__main__":
    Worker(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:]).run()
