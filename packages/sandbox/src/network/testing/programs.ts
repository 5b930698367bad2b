/**
 * A program that tries to connect to each target and prints, as JSON, what it got: the first line it was sent, or why it could not; "no connection" and "no answer" are what never came.
 * @param timeoutSeconds how long it waits for an answer that never comes
 */
export const reach = (targets: readonly (readonly [host: string, port: number])[], timeoutSeconds = 3): string => `
import errno, json, socket
got = []
for host, port in ${JSON.stringify(targets)}:
  way = "no connection"
  try:
    s = socket.create_connection((host, port), ${timeoutSeconds})
    way = "no answer"
    got.append(s.recv(99).decode().strip())
  except socket.gaierror: got.append("no such name")
  except OSError as e: got.append(errno.errorcode.get(e.errno, way))
print(json.dumps(got))
`;

/** A Node program that serves on a machine: one port on all its addresses and, if told, one on its loopback. It says that it is ready. */
export const tell = (open: number, loopback = 0): string => `
const net = require("node:net");
const tell = (socket) => { socket.on("error", () => {}); socket.end("the machine\\n"); };
net.createServer(tell).listen(${open}, "::", () => net.createServer(tell).listen(${loopback}, "127.0.0.1", () => console.log("ready")));
`;
