"""HTTP over one bare keep-alive socket: http.client alone would cost a third of a cold start."""
import os
import socket

PREFIX = "/2018-06-01/runtime/"


class RuntimeClient:
    def __init__(self, address):
        host, port = address.split(":")
        self._address = address
        # create_connection would load what it takes to look a name up: 2 MB, and some milliseconds.
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._socket.connect((host, int(port)))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._left = b""

    def _post_bytes(self, path, body, error_type):
        kind = "" if error_type is None else "Lambda-Runtime-Function-Error-Type: %s\r\n" % error_type.encode("ascii", "replace").decode("ascii")
        head = "POST %s%s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n"
        return (head % (PREFIX, path, self._address, kind, len(body))).encode("ascii") + body

    def _next_bytes(self):
        return ("GET %sinvocation/next HTTP/1.1\r\nHost: %s\r\n\r\n" % (PREFIX, self._address)).encode("ascii")

    def _receive(self, size=16384):
        # A small buffer: a large one is mapped and unmapped at every call.
        data = self._socket.recv(size)
        if not data:
            os._exit(1)
        return data

    def _read(self):
        data = self._left
        while b"\r\n\r\n" not in data:
            data += self._receive()
        text, _, rest = data.partition(b"\r\n\r\n")
        head = {}
        for line in text.decode("latin-1").split("\r\n")[1:]:
            name, _, value = line.partition(":")
            head[name.lower()] = value.strip()
        length = int(head.get("content-length", "0"))
        chunks, have = [rest], len(rest)
        while have < length:
            chunk = self._receive(min(length - have, 262144))
            chunks.append(chunk)
            have += len(chunk)
        body = b"".join(chunks)
        self._left = body[length:]
        return head, body[:length]

    def assignment(self):
        """Waits for the variables of the function that a waiting process is to become."""
        self._socket.sendall(("GET /mayfly/assignment HTTP/1.1\r\nHost: %s\r\n\r\n" % self._address).encode("ascii"))
        return self._read()[1]

    def next(self):
        """Waits for the next event: (headers in lower case, body)."""
        self._socket.sendall(self._next_bytes())
        return self._read()

    def post(self, path, body, error_type=None):
        self._socket.sendall(self._post_bytes(path, body, error_type))
        return self._read()

    def answer(self, path, body, error_type=None):
        """Posts what became of an invocation and asks for the next one in the same breath: one round trip less."""
        self._socket.sendall(self._post_bytes(path, body, error_type) + self._next_bytes())
        self._read()
        return self._read()
