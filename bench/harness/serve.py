"""The other side of Worker: answers every command with the milliseconds that the work took, one for each time."""

import json
import sys
import time


def serve(commands):
    for line in sys.stdin:
        name, _, times = line.strip().partition(" ")
        samples = []
        for _ in range(int(times or 1)):
            started = time.perf_counter()
            commands[name]()
            samples.append((time.perf_counter() - started) * 1000)
        print(json.dumps(samples), flush=True)
