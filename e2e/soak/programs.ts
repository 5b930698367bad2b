import { zipOf } from "@mayfly/testkit";

/** What an event may ask of a function, how often, and which error types it may end with; none: it returns the event's id. */
export const tasks = {
  ok: { weight: 60, errors: [] },
  slow: { weight: 8, errors: [] },
  log: { weight: 5, errors: [] },
  big: { weight: 5, errors: [] },
  file: { weight: 4, errors: [] },
  child: { weight: 3, errors: [] },
  throw: { weight: 6, errors: ["Error", "ValueError"] },
  crash: { weight: 4, errors: ["Runtime.ExitError"] },
  hang: { weight: 2, errors: ["Sandbox.Timedout"] },
  memory: { weight: 2, errors: ["Runtime.OutOfMemory", "Runtime.ExitError"] },
} as const satisfies Record<string, { readonly weight: number; readonly errors: readonly string[] }>;

export type Task = keyof typeof tasks;

/** On a machine that is busy with other things any task may run out of time. */
export const timeoutType = "Sandbox.Timedout";

export const timeoutSeconds = 3;

/** Each prints `ran ID` before anything else: so its runs can be counted. `child` leaves a process behind, `memory` takes more than it may have. */
const python = `
import os, subprocess, time


def handler(event, context):
    print("ran", event["id"], flush=True)
    task = event["task"]
    if task == "slow":
        time.sleep(0.2)
    elif task == "log":
        for line in range(200):
            print("line", line, "x" * 200)
    elif task == "file":
        with open("/tmp/file", "wb") as file:
            file.write(b"x" * 5_000_000)
    elif task == "child":
        subprocess.Popen(["sleep", "1000"], start_new_session=True)
    elif task == "throw":
        raise ValueError(event["id"])
    elif task == "crash":
        os._exit(3)
    elif task == "hang":
        time.sleep(1000)
    elif task == "memory":
        bytearray(os.urandom(1)) * 1_000_000_000
    return {"id": event["id"], "filler": "x" * (500_000 if task == "big" else 0)}
`;

const node = `
const { spawn } = require("node:child_process");
const { writeFileSync } = require("node:fs");

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const tasks = {
  slow: () => pause(200),
  log: () => { for (let line = 0; line < 200; line++) console.log("line", line, "x".repeat(200)); },
  file: () => writeFileSync("/tmp/file", "x".repeat(5_000_000)),
  child: () => spawn("sleep", ["1000"], { detached: true, stdio: "ignore" }).unref(),
  throw: (id) => { throw new Error(id); },
  crash: () => process.exit(3),
  hang: () => pause(1_000_000),
  memory: () => Buffer.alloc(1_000_000_000, "x"),
};
exports.handler = async ({ id, task }) => {
  console.log("ran", id);
  await tasks[task]?.(id);
  return { id, filler: "x".repeat(task === "big" ? 500_000 : 0) };
};
`;

/** Functions alternate between these. */
export const runtimes = [
  { runtime: "python3.9", file: "main.py", text: python },
  { runtime: "nodejs20.x", file: "main.js", text: node },
] as const;

/** The code of a function; another revision is another package. */
export const packageOf = (index: number, revision: number): Promise<Uint8Array> => {
  const { file, text } = runtimes[index % runtimes.length] ?? runtimes[0];
  return zipOf({ [file]: text, "revision.txt": `${index} ${revision}\n` });
};

/** A task by its weight. @param random from 0 to 1 */
export function taskFor(random: number): Task {
  const all = Object.entries(tasks) as [Task, { weight: number }][];
  let rest = random * all.reduce((sum, [, { weight }]) => sum + weight, 0);
  for (const [task, { weight }] of all) if ((rest -= weight) < 0) return task;
  return "ok";
}
