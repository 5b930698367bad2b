"""Requests to the server, signed or not. http.client would do things properly; a hostile function does not want that."""
import datetime
import hashlib
import hmac
import os
import socket

from attack import received, status_of

OWN = (os.environ.get("AWS_ACCESS_KEY_ID", ""), os.environ.get("AWS_SECRET_ACCESS_KEY", ""), os.environ.get("AWS_SESSION_TOKEN", ""))


def server():
    return socket.create_connection(("127.0.0.1", 4566))


def signature_headers(method, path, body, service, credentials):
    """Signature Version 4 over host, date and token."""
    key, secret, token = credentials
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    signed = {"host": "127.0.0.1:4566", "x-amz-date": now, **({"x-amz-security-token": token} if token else {})}
    names = ";".join(sorted(signed))
    digest = lambda data: hashlib.sha256(data).hexdigest()
    path, _, query = path.partition("?")
    canonical = "\n".join([method, path, query, *("%s:%s" % item for item in sorted(signed.items())), "", names, digest(body)])
    scope = "%s/us-east-1/%s/aws4_request" % (now[:8], service)
    step = ("AWS4" + secret).encode()
    for word in scope.split("/"):
        step = hmac.new(step, word.encode(), "sha256").digest()
    text = "\n".join(["AWS4-HMAC-SHA256", now, scope, digest(canonical.encode())])
    proof = hmac.new(step, text.encode(), "sha256").hexdigest()
    return {**signed, "authorization": "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s" % (key, scope, names, proof)}


def ask_server(method, path, body=b"", service="lambda", credentials=None, headers=()):
    """The answer's status and body."""
    all_headers = {"host": "127.0.0.1:4566", **(signature_headers(method, path, body, service, credentials) if credentials else {}), **dict(headers)}
    connection = server()
    text = "".join("%s: %s\r\n" % item for item in all_headers.items())
    connection.sendall(("%s %s HTTP/1.1\r\n%scontent-length: %d\r\nconnection: close\r\n\r\n" % (method, path, text, len(body))).encode() + body)
    data = received(connection)
    connection.close()
    return status_of(data), data.partition(b"\r\n\r\n")[2].decode("utf-8", "replace")
