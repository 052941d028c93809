"""A server that is there at once, again and again: it loads the workbench, then forks for each line that it reads.

It answers each with the number of the process that now serves on the port, as a WSGI server does that loads before it forks.
"""

import os
import sys
import threading

from django.db import connections
from django.test import RequestFactory
from waitress.server import create_server

from casereview.workbench.wsgi import application


def main() -> None:
    """Run until there is no more to read."""
    port, child = int(sys.argv[1]), 0
    list(application(RequestFactory(headers={"host": "localhost"}).get("/account/login/").environ, lambda *given: None))
    connections.close_all()
    print("loaded", flush=True)  # noqa: T201
    for _ in sys.stdin:
        if child:
            os.waitpid(child, 0)
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            server = create_server(application, host="127.0.0.1", port=port, threads=8)
            os.write(writing, b"1")
            server.run()
            os._exit(0)
        os.read(reading, 1)
        os.close(reading)
        os.close(writing)
        print(child, flush=True)  # noqa: T201


if __name__ == "__main__":
    assert threading.active_count() == 1
    main()
