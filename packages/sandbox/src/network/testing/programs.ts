/**
 * A program that tries to connect to each target and prints, as JSON, what it got: the first line it was sent, or why it could not; "no connection" and
 * "no answer" are what never came.
 * @param timeoutSeconds how long it waits for what never comes
 * @param tries how often it tries then
 */
export const reach = (targets: readonly (readonly [host: string, port: number])[], timeoutSeconds = 3, tries = 1): string => `
import errno, json, socket
def attempt(host, port):
  way = "no connection"
  try:
    s = socket.create_connection((host, port), ${timeoutSeconds})
    way = "no answer"
    return s.recv(99).decode().strip()
  except socket.gaierror: return "no such name"
  except OSError as e: return errno.errorcode.get(e.errno, way)
got = []
for host, port in ${JSON.stringify(targets)}:
  for _ in range(${tries}):
    answer = attempt(host, port)
    if not answer.startswith("no "): break
  got.append(answer)
print(json.dumps(got))
`;

/** A Node program that serves on a machine: one port on all its addresses and, if told, one on its loopback. It says that it is ready. */
export const tell = (open: number, loopback = 0): string => `
const net = require("node:net");
const tell = (socket) => { socket.on("error", () => {}); socket.end("the machine\\n"); };
net.createServer(tell).listen(${open}, "::", () => net.createServer(tell).listen(${loopback}, "127.0.0.1", () => console.log("ready")));
`;
