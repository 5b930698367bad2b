/** Parts of external extensions for tests. */

/** A program in Python that knows the Extensions API. `body` is what it does. */
export const extension = (body: string): string => `#!/usr/bin/python3 -I
import http.client, json, os, signal, socket, sys, time
NAME = os.path.basename(sys.argv[0])
def call(method, path, body=None, headers={}):
    api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    api.request(method, "/2020-01-01/extension/" + path, body, headers)
    got = api.getresponse()
    return got.status, json.loads(got.read()), got.headers
def register(*events, **headers):
    answer = call("POST", "register", json.dumps({"events": events}), {"Lambda-Extension-Name": NAME, **headers})
    global ME
    ME = {"Lambda-Extension-Identifier": answer[2]["Lambda-Extension-Identifier"]}
    return answer
def next_event():
    return call("GET", "event/next", headers=ME)[1]
def wait(word):
    held = socket.create_connection(("127.0.0.1", 4566))
    held.sendall(word.encode())
    held.recv(1)
def say(*words):
    print(NAME, *words, flush=True)
${body}
`;

/** One that prints what it hears of, and ends when it is told to. */
export const listener = (onInvoke = "pass", onShutdown = "pass"): string =>
  extension(`
register("INVOKE", "SHUTDOWN")
while True:
    event = next_event()
    say(event["eventType"], event.get("requestId") or event["shutdownReason"])
    if event["eventType"] == "SHUTDOWN":
        ${onShutdown}
        break
    ${onInvoke}
`);
