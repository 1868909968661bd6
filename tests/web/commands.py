"""A world of programs that a test in another language commands.

    serve(World)     WORLD.py FOLDER BIN reads one JSON command a line, answers one JSON line each:

    {"do": "kill_node"}  ->  {"ok": …} or {"error": "…"}
"""

import json
import sys

from failure import Failure


def serve(make_world):
    world = make_world(*sys.argv[1:])
    try:
        for line in sys.stdin:
            command = json.loads(line)
            name = command.pop("do")
            try:
                answer = {"ok": getattr(world, name)(**command)}
            except Failure as failure:
                answer = {"error": str(failure)}
            print(json.dumps(answer), flush=True)
    finally:
        world.stop()
