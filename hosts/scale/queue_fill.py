#!/usr/bin/python3
"""Puts documents into a queue of RabbitMQ: queue_fill.py URL QUEUE FILE...

A message is a line of `galley check --stream`; its id is that of the report. Messages are kept on
disk, and each one is confirmed by the broker before the next is sent.
"""
import hashlib
import json
import sys

import pika


def main(url, queue, paths):
    connection = pika.BlockingConnection(pika.URLParameters(url))
    channel = connection.channel()
    channel.queue_declare(queue, durable=True)
    channel.confirm_delivery()
    for path in paths:
        with open(path, encoding="utf-8") as file:
            body = json.dumps({"uri": path, "text": file.read()})
        channel.basic_publish("", queue, body.encode(), pika.BasicProperties(
            delivery_mode=2, message_id=hashlib.sha256(path.encode()).hexdigest()), mandatory=True)
    connection.close()


main(sys.argv[1], sys.argv[2], sys.argv[3:])
