"""Runs a command and prints one JSON line: wall and CPU seconds of it and its children, and its exit code."""
import json
import resource
import subprocess
import sys
import time

start = time.monotonic()
ended = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
wall = time.monotonic() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
text = ended.stdout.decode("utf-8", "replace")
print(json.dumps({"wall": wall, "cpu": used.ru_utime + used.ru_stime, "code": ended.returncode, "tail": text[-2000:]}))
