import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import type { HostileCase } from "../case.ts";

/** The function beside an extension, which only answers. */
const answering = `
def handler(event, context):
    return {"function": "answered"}
`;
const answered = { answers: { function: "answered" } };

/** Extensions: processes of their own in the function's sandbox, from before its runtime to after it. */
export const extensionCases: readonly HostileCase[] = [
  {
    name: "find something of the launcher's, or of the runtime before it runs",
    heldBy: ["pids", "proc", "filter"],
    extension: `
sys.path.insert(0, "/opt/toolbox")
from attack import outcome, call as raw
held = [pid for pid in os.listdir("/proc") if pid.isdigit() and int(pid) > 1 and int(pid) != os.getpid()]
def look(name):
    found = {outcome(lambda: os.open("/proc/%s/%s" % (pid, name), os.O_RDONLY)) for pid in held}
    return found.pop() if len(found) == 1 else sorted(found)
descriptors = []
for name in os.listdir("/proc/self/fd"):
    try:
        if int(name) <= 2:
            continue
        descriptors.append(os.readlink("/proc/self/fd/" + name))
    except OSError:
        pass
found = {
    "others there": len(held),
    "descriptors beyond its output": len([path for path in descriptors if not path.startswith(("/opt/", "/proc/"))]),
    "memory of the runtime": look("mem"), "its variables": look("environ"), "the launcher's memory": outcome(lambda: os.open("/proc/1/mem", os.O_RDWR)),
}
json.dump(found, open("/tmp/found", "w"))
register()
next_event()
`,
    python: `
import json
def handler(event, context):
    return json.load(open("/tmp/found"))
`,
    ends: {
      answers: {
        "others there": { atLeast: 1 },
        "descriptors beyond its output": { atMost: 0 },
        "memory of the runtime": ["EACCES", "EPERM"],
        "its variables": ["EACCES", "EPERM"],
        "the launcher's memory": ["EACCES", "EPERM"],
      },
    },
  },
  {
    name: "as an extension: daemonise, ignore SHUTDOWN and every signal, and outlive",
    heldBy: ["deadline", "killing", "pids"],
    extension: `
sys.path.insert(0, "/opt/toolbox")
from attack import outcome, call as raw
register("INVOKE", "SHUTDOWN")
def stay():
    for number in range(1, 65):
        outcome(signal.signal, number, signal.SIG_IGN)
    while True:
        time.sleep(60)
for child in range(5):
    if os.fork() == 0:
        os.setsid()
        if os.fork() != 0:
            os._exit(0)
        raw("prctl", 1, 0, 0, 0, 0)
        os.closerange(0, 3)
        stay()
while next_event()["eventType"] != "SHUTDOWN":
    pass
stay()
`,
    python: answering,
    comesTo: "it ends with the environment, 2 s after it was told",
    ends: answered,
  },
  {
    name: "as an extension: begin a fork bomb when the environment ends",
    heldBy: ["processes", "deadline", "killing"],
    extension: `
register("SHUTDOWN")
next_event()
signal.signal(signal.SIGTERM, signal.SIG_IGN)
while True:
    try:
        os.fork()
    except OSError:
        pass
`,
    python: answering,
    async play({ stage, target, invoke }) {
      const outcome = await invoke();
      stage.engine.engine.retire(target.id);
      while (stage.engine.engine.environments().some(({ targetId }) => targetId === target.id)) await setTimeout(5);
      return outcome;
    },
    comesTo: "it ends with the environment",
    ends: answered,
    starves: "processes",
    withoutControlGroup: "lost",
  },
  {
    name: "as an extension: never give the environment back",
    heldBy: ["deadline", "killing"],
    extension: `
register("INVOKE", "SHUTDOWN")
next_event()
while True:
    pass
`,
    python: answering,
    target: { timeoutMs: 3_000 },
    async play({ stage, target, invoke }) {
      const outcome = await invoke();
      while (stage.engine.engine.environments().some(({ targetId }) => targetId === target.id)) await setTimeout(5);
      const log = stage.engine.logs.get(outcome.result.logStreamName) ?? [];
      assert.match(log.join(""), /Task timed out after 3\.00 seconds/);
      return outcome;
    },
    comesTo: "the answer has gone out; the environment ends by the function's timeout",
    ends: answered,
  },
  {
    name: "as an extension: claim what is others' of the Extensions API, and kill the runtime",
    heldBy: ["session", "killing"],
    extension: `
register("INVOKE")
for _ in range(200):
    call("POST", "register", json.dumps({"events": ["INVOKE"]}), {"Lambda-Extension-Name": NAME})
    call("GET", "event/next", headers={"Lambda-Extension-Identifier": "00000000-0000-0000-0000-000000000000"})
next_event()
os.kill(-1, signal.SIGKILL)
os.kill(1, signal.SIGALRM)
`,
    python: `
import time
def handler(event, context):
    time.sleep(60)
`,
    ends: { error: ["Runtime.ExitError", "Extension.Crash"], message: /signal: killed$/ },
  },
];
