"""The least that can stand behind a front: reads frames (length in 4 bytes, then that many) from a Unix socket and sends each back."""

import socket
import sys

connection = socket.socket(socket.AF_UNIX)
connection.connect(sys.argv[1])
pending = b""
while chunk := connection.recv(65536):
    pending += chunk
    end = 0
    while len(pending) - end >= 4 and len(pending) - end >= 4 + int.from_bytes(pending[end : end + 4], "big"):
        end += 4 + int.from_bytes(pending[end : end + 4], "big")
    connection.sendall(pending[:end])
    pending = pending[end:]
