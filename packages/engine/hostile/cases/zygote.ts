import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { waitFor } from "@mayfly/testkit";
import { zygotePids } from "../../src/testing/zygote-pids.ts";
import type { HostileCase, Outcome, Play } from "../case.ts";
import type { Stage } from "../stage.ts";

const patienceMs = 20_000;
/** More than ever wait in the pool. */
const atOnce = 12;

/** Where this machine has zygotes, until a copy of one waits for whoever is invoked next. */
async function copyReady({ engine }: Stage): Promise<void> {
  if (!engine.canCopy) return;
  await waitFor("a copy to wait", () => engine.engine.spares().some(({ copies, booting }) => copies > 0 && booting === 0), patienceMs);
}

/** An ordinary user's processes that wait booted are no copies. */
function assertCopy({ stage, target }: Play): void {
  const start = stage.engine.engine.starts().findLast(({ targetId }) => targetId === target.id);
  if (stage.engine.canCopy) assert.equal(start?.phases?.pooled, true, "It is a copy");
}

/** Of every size: whatever is written over one of them later leaves others. */
const secretsOf = (mark: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Array.from({ length: 12 }, (_, at) => [at === 0 ? "SECRET" : `SECRET_${at}`, `another-function-${mark}`.repeat(1 + at)]),
  );

/** What copies of one process might do to it, or to each other through it. */
export const zygoteCases: readonly HostileCase[] = [
  {
    name: "kill, stop and trace the zygote that it is a copy of",
    heldBy: ["pids", "filter", "zygote"],
    python: `
import signal
from attack import *
def handler(event, context):
    found = {}
    for pid in event["zygotePids"] + [event["serverPid"]]:
        for name, attempt in {
            "kill": lambda: os.kill(pid, signal.SIGKILL),
            "stop": lambda: os.kill(pid, signal.SIGSTOP),
            "by descriptor": lambda: call("pidfd_open", pid, 0),
            "trace": lambda: call("ptrace", 16, pid, 0, 0),
            "memory": lambda: os.open("/proc/%d/mem" % pid, os.O_RDWR),
            "namespace": lambda: os.open("/proc/%d/ns/mnt" % pid, os.O_RDONLY),
        }.items():
            found[name] = outcome(attempt)
    # A copy has no parent that it could name; 0 would be its own group.
    found["parent"] = "none" if os.getppid() in (0, 1) else str(os.getppid())
    return found
`,
    ends: {
      answers: {
        kill: "ESRCH",
        stop: "ESRCH",
        "by descriptor": ["ESRCH", "EPERM", "ENOSYS"],
        trace: ["EPERM", "ENOSYS"],
        memory: "ENOENT",
        namespace: "ENOENT",
        parent: "none",
      },
    },
    async play({ stage, invoke }) {
      await copyReady(stage);
      return invoke({ zygotePids: zygotePids(stage.engine.cgroupName) });
    },
    async verify(_outcome, play) {
      const { engine } = play.stage;
      assertCopy(play);
      const expected = engine.canCopy ? 1 : 0;
      // A copy that is being made is, for a moment, in the zygote's own group.
      await waitFor("the zygote to be there alone", () => zygotePids(engine.cgroupName).length === expected, patienceMs);
    },
  },
  {
    name: "ask the zygote for copies of its own, or find what it left open",
    heldBy: ["root", "zygote"],
    python: `
import glob, socket, stat
from attack import *
def handler(event, context):
    kinds = [os.readlink("/proc/self/fd/" + name) for name in os.listdir("/proc/self/fd") if os.path.exists("/proc/self/fd/" + name)]
    tied = 0
    # The first three are its own: null and its log.
    for name in [name for name in os.listdir("/proc/self/fd") if int(name) > 2]:
        try:
            family = socket.socket(fileno=os.dup(int(name))).family
            tied += family == socket.AF_UNIX
        except OSError:
            pass
    names = [line.split()[-1] for line in open("/proc/net/unix").read().splitlines()[1:]]
    return {
        "its socket": outcome(lambda: socket.socket(socket.AF_UNIX).connect((glob.glob(event["folder"] + "/environments/zygote-*/socket") or [event["folder"] + "/none"])[0])),
        "sockets of its": tied,
        "namespaces and folders of its": len([kind for kind in kinds if kind.startswith(("mnt:", "pid:", "net:", "/sys", "/proc/1"))]),
        "names of its": len([name for name in names if "zygote" in name]),
    }
`,
    ends: {
      answers: {
        "its socket": "ENOENT",
        "sockets of its": { atMost: 0 },
        "namespaces and folders of its": { atMost: 0 },
        "names of its": { atMost: 0 },
      },
    },
    comesTo: "finds no way to it",
    async play({ stage, invoke }) {
      await copyReady(stage);
      return invoke();
    },
    verify: (_outcome, play) => assertCopy(play),
  },
  {
    name: "find what other copies of its zygote hold in the memory that they share",
    heldBy: ["zygote"],
    python: `
import re
from attack import *
def handler(event, context):
    wanted = re.compile(b"another-functio[n]-" + event["mark"].encode())
    found = read = 0
    with open("/proc/self/mem", "rb", 0) as memory:
        for line in open("/proc/self/maps").read().splitlines():
            span, rights = line.split()[:2]
            first, end = (int(part, 16) for part in span.split("-"))
            if rights[0] != "r" or "[v" in line:
                continue
            memory.seek(first)
            try:
                part = memory.read(end - first)
            except OSError:
                continue
            read += len(part)
            found += len(wanted.findall(part))
    return {"found": found, "bytes read": read}
`,
    target: { memorySizeMb: 1_024 },
    ends: { answers: { found: { atMost: 0 }, "bytes read": { atLeast: 1_000_000 } } },
    comesTo: "finds nothing of theirs",
    async play({ stage, invoke }) {
      const { engine } = stage;
      const mark = randomUUID();
      const other = await engine.target(
        { "index.py": "import os\nCOPY = os.environ['SECRET'] * 2\ndef handler(event, context):\n    return COPY\n" },
        { environment: secretsOf(mark), runtime: "python3.11" },
      );
      await copyReady(stage);
      // More than wait, so that some get their variables in other ways than those that waited.
      const calls = await Promise.all(Array.from({ length: atOnce }, () => engine.invoke(other)));
      for (const { payload } of calls) assert.match(payload.toString(), new RegExp(mark));
      engine.engine.retire(other.id);
      const outcomes = await Promise.all(Array.from({ length: atOnce }, () => invoke({ mark })));
      const found = ({ payload }: Outcome): number => (payload as { found?: number } | undefined)?.found ?? Infinity;
      return outcomes.reduce((worst, one) => (found(one) > found(worst) ? one : worst));
    },
    verify(_outcome, { stage, target }) {
      const kinds = new Set(
        stage.engine.engine
          .starts()
          .filter(({ targetId }) => targetId === target.id)
          .map(({ phases }) => phases?.pooled),
      );
      assert.ok(!stage.engine.canCopy || kinds.has(false), "Some did not wait");
    },
  },
];
