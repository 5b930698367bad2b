import assert from "node:assert/strict";
import type { HostileCase, Outcome, Play } from "../case.ts";

const linesOf = ({ stage }: Play, { result }: Outcome): readonly string[] => stage.engine.logs.get(result.logStreamName) ?? [];

/** Bytes that may be kept in a second, and what CloudWatch Logs counts for a line besides its text. */
const bytesPerSecond = 16 * 1_048_576;
const lineOverheadBytes = 26;

/** What was kept is within the bound, each line counted with what it costs. */
function boundedLog(outcome: Outcome, play: Play): void {
  const lines = linesOf(play, outcome);
  const bytes = lines.reduce((sum, line) => sum + line.length + lineOverheadBytes, 0);
  const seconds = Math.ceil(outcome.result.report.durationMs / 1_000) + 1;
  assert.ok(bytes <= bytesPerSecond * seconds, `${lines.length} lines, ${bytes} bytes with what each costs, were kept in ${seconds} s`);
}

/** Flooding and breaking the log. */
export const outputCases: readonly HostileCase[] = [
  {
    name: "fill the log as fast as it can",
    heldBy: ["logBounds"],
    python: `
import os, time
def handler(event, context):
    lines = (b"x" * 1023 + b"\\n") * 1024
    end = time.monotonic() + 2
    while time.monotonic() < end:
        os.write(1, lines)
        os.write(2, lines)
    return {"itself": "still answers"}
`,
    // With processor time enough to have both its outputs wait.
    target: { memorySizeMb: 1_769 },
    ends: { answers: { itself: "still answers" } },
    comesTo: "it is read more slowly, and waits",
    verify: boundedLog,
  },
  {
    name: "fill the log with lines of one byte, and with empty ones",
    heldBy: ["logBounds"],
    python: `
import os, time
def handler(event, context):
    end = time.monotonic() + 2
    while time.monotonic() < end:
        os.write(1, b"\\n" * 65536)
        os.write(1, b"x\\n" * 32768)
    return {"itself": "still answers"}
`,
    ends: { answers: { itself: "still answers" } },
    comesTo: "each line counts with what it costs, and waits",
    verify: boundedLog,
  },
  {
    name: "write one line of 16 MB",
    heldBy: ["logBounds"],
    python: `
import os
def handler(event, context):
    for _ in range(256):
        os.write(1, b"x" * 65536)
    return {"itself": "still answers"}
`,
    ends: { answers: { itself: "still answers" } },
    comesTo: "it is cut into events of 256 KB",
    verify(outcome, play) {
      boundedLog(outcome, play);
      assert.ok(linesOf(play, outcome).every((line) => line.length <= 262_144));
    },
  },
  {
    name: "write what is no text",
    heldBy: ["logBounds"],
    python: `
import os
def handler(event, context):
    os.write(1, bytes(range(256)) * 64 + b"\\n")
    os.write(2, b"\\0" * 65536 + b"\\xff\\xfe\\n\\xed\\xa0\\x80\\n\\r\\r\\r\\n\\x1b]0;owned\\x07\\n")
    print("END RequestId: forged")
    return {"itself": "still answers"}
`,
    ends: { answers: { itself: "still answers" } },
    comesTo: "lines of text, what is none replaced",
  },
  {
    name: "close its standard output and error, or give them away",
    heldBy: ["logBounds"],
    python: `
import os, socket
def handler(event, context):
    if not os.path.lexists("/proc/self/fd/1"):
        return {"itself": "still answers"}
    # They may be sockets: then the other side is to be asked to take descriptors, and to be shut down.
    one = socket.socket(fileno=os.dup(1)) if os.readlink("/proc/self/fd/1").startswith("socket:") else None
    if one is not None:
        for _ in range(500):
            try:
                one.sendmsg([b"x\\n"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, (0).to_bytes(4, "little") * 100)])
            except OSError:
                break
        one.shutdown(socket.SHUT_RDWR)
    os.closerange(0, 3)
    return {"itself": "still answers"}
`,
    play: async ({ invoke }) => {
      await invoke();
      return invoke();
    },
    ends: { answers: { itself: "still answers" } },
    comesTo: "its log ends, it goes on",
  },
  {
    name: "keep writing after it has answered, without end",
    heldBy: ["logBounds", "deadline"],
    python: `
import os, threading
started = False
def write():
    line = b"x" * 100 + b"\\n"
    while True:
        os.write(1, line * 100)
def handler(event, context):
    global started
    if not started:
        started = True
        threading.Thread(target=write, daemon=True).start()
    return {"itself": "still answers"}
`,
    play: async ({ invoke }) => {
      await invoke();
      await invoke();
      return invoke();
    },
    ends: { answers: { itself: "still answers" } },
    comesTo: "an answer does not wait for it",
    verify: boundedLog,
  },
];
