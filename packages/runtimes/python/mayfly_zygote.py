"""
A process that has loaded what functions need and hands out copies of itself: `--zygote LIBRARY`. It waits at the socket that it was started with (descriptor 3) for
launchers, which send what a copy needs to enter their sandbox; packages/sandbox/launcher/zygote.c is the other side and the library. It knows nothing of any function.
"""
import ctypes
import gc
import os
import select
import signal
import socket
import struct
import sys
import time

OUTPUTS, NAMESPACES, MOST_FILES = 2, 6, 16
PID_NAMESPACE = OUTPUTS
ENDED = 2
PATIENCE_SECONDS = 5


class Request:
    """What a copy is to be: see write_request in zygote.c. Read in the copy, never in the zygote: every later copy would have it in its memory."""

    def __init__(self, connection):
        size = struct.unpack("I", _read(connection, 4))[0]
        words = _read(connection, size).decode("utf-8", "surrogateescape").split("\0")[:-1]
        self.uid, self.open_files, self.processes = int(words[0]), int(words[1]), int(words[2])
        self.folder = words[3]
        first_variable = 5 + int(words[4])
        self.arguments = words[5:first_variable]
        self.variables = dict(word.split("=", 1) for word in words[first_variable:] if "=" in word)


def _read(connection, size):
    data = b""
    while len(data) < size:
        more = connection.recv(size - len(data))
        if not more:
            raise EOFError
        data += more
    return data


def _receive_files(connection):
    """What a launcher sends for the zygote: descriptors, with one byte. None if it went away."""
    width = struct.calcsize("i")
    data, control, _, _ = connection.recvmsg(1, socket.CMSG_SPACE(MOST_FILES * width), socket.MSG_CMSG_CLOEXEC)
    files = [number for _, _, part in control for number in struct.unpack("%di" % (len(part) // width), part[: len(part) // width * width])]
    if data and len(files) >= OUTPUTS + NAMESPACES:
        return files
    for number in files:
        os.close(number)
    return None


def _take_on(variables):
    """Changes what differs, and no more: each page of memory that is written is no longer shared."""
    for name in list(os.environ):
        # Python sets that one itself where the machine lacks the language that is asked for.
        if name not in variables and name != "LC_CTYPE":
            del os.environ[name]
    for name, value in variables.items():
        if os.environ.get(name) != value:
            os.environ[name] = value


class Zygote:
    def __init__(self, library_path, preloaded):
        self._preloaded = preloaded
        self._library = ctypes.CDLL(library_path)
        self._library.mayfly_enter.restype = None
        self._own_namespace = os.open("/proc/self/ns/pid", os.O_RDONLY)
        self._listener = socket.socket(fileno=3)
        self._listener.setblocking(False)
        self._poll = select.poll()
        # By process id, the connections on which their ends are to be told. Numbers, not objects: those of a copy's parent are closed in the copy as one.
        self._copies = {}
        self._woken, self._wake = os.pipe()
        for end in (self._woken, self._wake):
            os.set_blocking(end, False)

    def serve(self):
        """Returns in a copy, within its sandbox: what it was asked to be."""
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        for number in (self._listener.fileno(), self._woken):
            self._poll.register(number, select.POLLIN)
        self._settle()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while True:
            for number, _ in self._poll.poll():
                if number == self._woken:
                    self._reap()
                elif number == self._listener.fileno():
                    self._accept()
                else:
                    request = self._answer(number)
                    if request is not None:
                        return request

    def _settle(self):
        """What is there now is not collected any more, nor looked at, so that copies share its memory for good."""
        gc.collect()
        gc.freeze()
        gc.disable()

    def _accept(self):
        try:
            connection, _ = self._listener.accept()
        except BlockingIOError:
            return
        except OSError:
            # Out of descriptors, until a copy ends.
            time.sleep(0.01)
            return
        self._poll.register(connection.detach(), select.POLLIN)

    def _answer(self, number):
        """Makes the copy that was asked for. Returns in the copy only: what it is to be."""
        self._poll.unregister(number)
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, fileno=number)
        files = None
        try:
            files = _receive_files(connection)
        except OSError:
            pass
        child = -1
        if files is not None:
            if self._preloaded.refresh():
                self._settle()
            child = self._fork(files[PID_NAMESPACE])
            if child == 0:
                return self._become(connection, files)
            for file in files:
                os.close(file)
        connection.detach()
        if child > 0:
            self._copies[child] = number
        else:
            os.close(number)

    def _fork(self, namespace):
        """-1 if the sandbox is no more."""
        if self._library.mayfly_bear_in(namespace) != 0:
            return -1
        child = -1
        try:
            child = os.fork()
        except OSError:
            pass
        if child != 0 and self._library.mayfly_bear_in(self._own_namespace) != 0:
            os._exit(1)
        return child

    def _become(self, connection, files):
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            self._listener.detach()
            connection.settimeout(PATIENCE_SECONDS)
            request = Request(connection)
            connection.setblocking(True)
            self._library.mayfly_enter(
                connection.detach(),
                (ctypes.c_int * len(files))(*files),
                ctypes.c_size_t(len(files)),
                ctypes.c_uint(request.uid),
                ctypes.c_ulong(request.open_files),
                ctypes.c_ulong(request.processes),
                request.folder.encode("utf-8", "surrogateescape"),
            )
            gc.enable()
            _take_on(request.variables)
            return request
        except BaseException:
            os._exit(125)

    def _reap(self):
        try:
            os.read(self._woken, 4096)
        except OSError:
            pass
        while True:
            try:
                child, status = os.waitpid(-1, os.WNOHANG)
            except OSError:
                return
            if child == 0:
                return
            number = self._copies.pop(child, None)
            if number is None:
                continue
            try:
                os.write(number, struct.pack("ii", ENDED, status))
            except OSError:
                pass
            os.close(number)
