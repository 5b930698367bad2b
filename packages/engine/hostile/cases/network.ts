import type { HostileCase } from "../case.ts";

/** Reaching others over the network. What a way out is open to has its own tests; the host's own must stay closed with any. */
export const networkCases: readonly HostileCase[] = [
  {
    name: "connect to the host by loopback and by every address that it has",
    heldBy: ["network", "router"],
    python: `
import socket
from attack import *
def reach(address, port):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as s:
        s.settimeout(0.5)
        s.connect((address, port))
def gateways():
    words = [line.split() for line in open("/proc/net/route").read().splitlines()[1:]]
    return [socket.inet_ntoa(bytes.fromhex(gateway)[::-1]) for _, _, gateway, *_ in words if gateway != "00000000"]
def handler(event, context):
    addresses = event["addresses"] + gateways() + ["127.0.0.1", "127.0.0.2", "::1", "::ffff:127.0.0.1", "0.0.0.0", "10.0.2.2", "192.168.0.1"]
    said = {address: outcome(reach, address, event["port"]) for address in dict.fromkeys(addresses)}
    return {"reached": [address for address, word in said.items() if word == "done"] or "none", "tried": len(said)}
`,
    ends: { answers: { reached: "none", tried: { atLeast: 6 } } },
  },
  {
    name: "connect to other environments and to the cloud's metadata address",
    heldBy: ["network", "router"],
    python: `
import socket
from attack import *
def reach(address, port):
    with socket.socket() as s:
        s.settimeout(0.5)
        s.connect((address, port))
def handler(event, context):
    return {
        "the neighbour's port here": outcome(reach, "127.0.0.1", 7777),
        "the neighbour's port there": "refused" if outcome(reach, event["neighbourAddress"], 7777) != "done" else "done",
        **{"reached at " + address: "done" if outcome(reach, address, 80) == "done" else "refused" for address in ("169.254.169.254", "169.254.170.2", "169.254.100.1")},
    }
`,
    ends: {
      answers: {
        "the neighbour's port here": "ECONNREFUSED",
        "the neighbour's port there": "refused",
        "reached at 169.254.169.254": "refused",
        "reached at 169.254.170.2": "refused",
        "reached at 169.254.100.1": "refused",
      },
    },
  },
  {
    name: "connect to abstract and named sockets of the host and the neighbour",
    heldBy: ["network", "root"],
    python: `
import socket
from attack import *
def reach(address):
    with socket.socket(socket.AF_UNIX) as s:
        s.connect(address)
def handler(event, context):
    return {
        **outcomes({
            "the host's abstract socket": lambda: reach("\\0" + event["abstractName"]),
            "the neighbour's abstract socket": lambda: reach("\\0mayfly-neighbour"),
            "the host's named socket": lambda: reach(event["socketPath"]),
        }),
        "names that it sees": len([line for line in open("/proc/net/unix") if "mayfly" in line]),
    }
`,
    ends: {
      answers: {
        "the host's abstract socket": "ECONNREFUSED",
        "the neighbour's abstract socket": "ECONNREFUSED",
        "the host's named socket": "ENOENT",
        "names that it sees": { atMost: 0 },
      },
    },
    comesTo: "ECONNREFUSED, ENOENT",
  },
  {
    name: "open raw, packet, vsock, kernel crypto and other strange sockets",
    heldBy: ["capabilities", "filter"],
    python: `
import socket
from attack import *
KINDS = {"raw": (2, 3, 1), "raw IPv6": (10, 3, 58), "packet": (17, 3, 3), "vsock": (40, 1, 0), "kernel crypto": (38, 5, 0), "bluetooth": (31, 3, 1), "xdp": (44, 3, 0),
         "can": (29, 3, 1), "tipc": (30, 1, 0), "rds": (21, 5, 0), "key": (15, 3, 2), "audit": (16, 3, 9)}
def handler(event, context):
    def use(name):
        with socket.socket(*KINDS[name]) as s:
            if name == "audit":
                s.send(b"\\x10\\0\\0\\0\\xe8\\x03\\x05\\0\\0\\0\\0\\0\\0\\0\\0\\0")
                reply = s.recv(4096)
                raise OSError(-int.from_bytes(reply[16:20], "little", signed=True), "audit")
    return {name: "refused" if outcome(use, name) != "done" else "done" for name in KINDS}
`,
    ends: {
      answers: Object.fromEntries(
        "raw,raw IPv6,packet,vsock,kernel crypto,bluetooth,xdp,can,tipc,rds,key,audit".split(",").map((name) => [name, "refused"]),
      ),
    },
  },
  {
    name: "change interfaces, addresses, routes and firewall",
    heldBy: ["capabilities", "network"],
    python: `
import fcntl, socket, struct
from attack import *
def netlink(protocol, kind, body, flags=0x5 | 0x400):
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, protocol) as s:
        s.settimeout(2)
        s.sendto(struct.pack("IHHII", 16 + len(body), kind, flags, 1, 0) + body, (0, 0))
        reply = s.recv(65536)
        code = struct.unpack("i", reply[16:20])[0]
        if code < 0:
            raise OSError(-code, "netlink")
def handler(event, context):
    flags = struct.pack("16sH14x", b"lo", 0)
    s = socket.socket()
    return outcomes({
        "take loopback down": lambda: fcntl.ioctl(s, 0x8914, flags),
        "an address": lambda: netlink(0, 20, struct.pack("BBBBI", 2, 8, 0, 0, 1) + struct.pack("HH4s", 8, 2, b"\\x0a\\0\\0\\x01")),
        "an interface": lambda: netlink(0, 16, struct.pack("BxHiII", 0, 0, 0, 0, 0) + struct.pack("HH", 4 + 12, 18 | 0x8000) + struct.pack("HH5s3x", 9, 1, b"dummy")),
        "a route": lambda: netlink(0, 24, struct.pack("BBBBBBBBI", 2, 0, 0, 0, 254, 4, 0, 1, 0) + struct.pack("HHI", 8, 4, 1)),
        "a firewall's table": lambda: netlink(12, 0xa00, struct.pack("BBH", 2, 0, 0) + struct.pack("HH4s", 8, 1, b"own\\0")),
        "mark packets": lambda: s.setsockopt(socket.SOL_SOCKET, 36, 1),
        "force large buffers": lambda: s.setsockopt(socket.SOL_SOCKET, 33, 1 << 30),
        "transparent proxy": lambda: s.setsockopt(socket.SOL_IP, 19, 1),
        "forge credentials": lambda: forge(),
    })
def forge():
    one, other = socket.socketpair()
    other.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
    one.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_CREDENTIALS, struct.pack("iII", 1, 0, 0))])
`,
    ends: {
      answers: {
        "take loopback down": "EPERM",
        "an address": "EPERM",
        "an interface": "EPERM",
        "a route": "EPERM",
        "a firewall's table": ["EPERM", "EPROTONOSUPPORT", "EAFNOSUPPORT", "EINVAL"],
        "mark packets": "EPERM",
        "force large buffers": "EPERM",
        "transparent proxy": "EPERM",
        "forge credentials": ["EPERM", "EINVAL"],
      },
    },
    comesTo: "EPERM",
  },
  {
    name: "listen in the Runtime API's place",
    heldBy: ["session"],
    python: `
import socket
from attack import *
def listen(address, *options):
    s = socket.socket()
    for option in options:
        s.setsockopt(socket.SOL_SOCKET, option, 1)
    s.bind((address, 9001))
    s.listen()
def handler(event, context):
    return outcomes({
        "its address": lambda: listen("127.0.0.1"),
        "reusing the address": lambda: listen("127.0.0.1", socket.SO_REUSEADDR),
        "sharing the port": lambda: listen("127.0.0.1", socket.SO_REUSEADDR, socket.SO_REUSEPORT),
        "every address": lambda: listen("0.0.0.0", socket.SO_REUSEADDR, socket.SO_REUSEPORT),
    })
`,
    ends: {
      answers: {
        "its address": "EADDRINUSE",
        "reusing the address": "EADDRINUSE",
        "sharing the port": "EADDRINUSE",
        "every address": "EADDRINUSE",
      },
    },
  },
];
