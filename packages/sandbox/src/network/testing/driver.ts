/**
 * A server's part in a test of the network: makes sandboxes on the machine that it runs on, a network namespace, as it is told by lines of JSON on standard
 * input, and answers each with a line.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { createSandboxFactory } from "../../factory.ts";
import { wayOfEnvironment } from "../../ways.ts";
import type { NetworkReach, Sandbox, SandboxSpec } from "../../types.ts";

/** What a test may ask for. */
export type Order =
  | {
      readonly do: "start";
      readonly id: string;
      readonly python: string;
      readonly network?: NetworkReach;
      readonly listen?: readonly number[];
    }
  /** What it has printed, once it has ended. */
  | { readonly do: "output"; readonly id: string }
  /** The first line that it prints. */
  | { readonly do: "hear"; readonly id: string }
  | { readonly do: "support" }
  | { readonly do: "kill"; readonly id: string }
  | { readonly do: "close" };

const [, , reach = "public"] = process.argv;
const problems: string[] = [];
const factory = await createSandboxFactory({
  way: wayOfEnvironment(),
  cgroupName: "mayfly-test",
  network: reach as NetworkReach,
  problem: (line) => problems.push(line),
});
await factory.sweep();
const folder = mkdtempSync(join(tmpdir(), "mayfly-network-"));

interface Running {
  readonly sandbox: Sandbox;
  readonly output: Promise<string>;
  readonly firstLine: Promise<string>;
}
const sandboxes = new Map<string, Running>();

const specOf = ({ id, python, network, listen = [] }: Extract<Order, { do: "start" }>): SandboxSpec => ({
  id,
  folder: mkdtempSync(join(folder, "root-")),
  mounts: [{ kind: "tmpfs", target: "/tmp", sizeBytes: 1_048_576, mode: 0o1777 }],
  command: ["/bin/sh", "-c", 'exec python3 -I -c "$0"', python],
  environment: { PATH: "/usr/bin:/bin" },
  workingDirectory: "/",
  listenPorts: listen,
  ...(network === undefined ? {} : { network }),
  memoryBytes: 128 * 1_048_576,
  maxProcesses: 64,
  maxOpenFiles: 4_096,
});

const known = (id: string): Running => {
  const running = sandboxes.get(id);
  if (running === undefined) throw new Error(`There is no sandbox ${id}.`);
  return running;
};

const listenTo = (sandbox: Sandbox): Running => {
  const [stdout, lines] = [new PassThrough(), new PassThrough()];
  sandbox.stdout.pipe(stdout);
  sandbox.stdout.pipe(lines);
  return {
    sandbox,
    output: Promise.all([text(stdout), text(sandbox.stderr), sandbox.exited]).then(([said, complained]) => said + complained),
    firstLine: new Promise((resolve) => createInterface({ input: lines }).once("line", resolve)),
  };
};

const done: { readonly [K in Order["do"]]: (order: Extract<Order, { do: K }>) => Promise<unknown> } = {
  async start(order) {
    const sandbox = await factory.start(specOf(order));
    for (const [port, server] of sandbox.listeners) server.on("connection", (socket) => socket.end(`port ${port} of ${order.id}`));
    sandboxes.set(order.id, listenTo(sandbox));
    return sandbox.pid;
  },
  output: async ({ id }) => known(id).output,
  hear: async ({ id }) => known(id).firstLine,
  support: async () => ({ ...factory.support, problems }),
  kill: async ({ id }) => known(id).sandbox.kill(),
  async close() {
    await factory.close();
    rmSync(folder, { recursive: true, force: true });
  },
};

console.log(JSON.stringify({ value: "ready" }));
for await (const line of createInterface({ input: process.stdin })) {
  const { order, number } = JSON.parse(line) as { order: Order; number: number };
  void (done[order.do] as (order: Order) => Promise<unknown>)(order).then(
    (value) => console.log(JSON.stringify({ number, value })),
    (error: Error) => console.log(JSON.stringify({ number, error: error.message })),
  );
}
