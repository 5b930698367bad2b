import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { reach, tell } from "./testing/programs.ts";
import { cannot, openLab, world, type Lab, type Server } from "./testing/lab.ts";

const needs = ["pasta"];
const openPort = 8_080;
/** It goes by another name once it has chosen how to run. */
const pastasName = '"pasta|passt"';

let lab: Lab;
const helpers: ChildProcess[] = [];

async function onMachine(...command: readonly string[]): Promise<void> {
  const helper = spawn("ip", ["netns", "exec", lab.machine, process.execPath, ...command], { stdio: ["ignore", "pipe", "inherit"] });
  helpers.push(helper);
  await once(helper.stdout, "data");
}

beforeEach((context) => {
  const why = cannot(...needs);
  if (why !== undefined) context.skip(why);
});
beforeAll(async () => {
  if (cannot(...needs) !== undefined) return;
  lab = await openLab();
  await onMachine("-e", tell(openPort));
});
afterAll(async () => {
  for (const helper of helpers) helper.kill("SIGKILL");
  await lab?.close();
});

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const endsAt = performance.now() + 30_000;
  while (!(await holds())) {
    if (performance.now() > endsAt) throw new Error(`It never came to be that ${what}.`);
    await setTimeout(50);
  }
}

const reaches = async (server: Server, host: string, port = 80): Promise<string> =>
  (JSON.parse(await server.python(reach([[host, port]]))) as [string])[0];

const tables = (): Promise<string> => lab.run("nft", "list", "tables");
const links = async (): Promise<readonly string[]> =>
  (await lab.run("ip", "-brief", "link"))
    .trim()
    .split("\n")
    .map((line) => line.split(/[@\s]/)[0] ?? "")
    .filter((name) => name !== "lo" && name !== "wire0");
const forwarding = async (): Promise<string> => (await lab.run("cat", "/proc/sys/net/ipv4/conf/wire0/forwarding")).trim();
const processes = async (name: string): Promise<readonly number[]> => {
  const found = await lab.run(
    "sh",
    "-c",
    `for p in $(ip netns pids ${lab.machine}); do grep -qE ${name} /proc/$p/comm && echo $p; done; true`,
  );
  return found.split("\n").filter(Boolean).map(Number);
};

test("what a server as root changed of the machine's network is undone at its end, or by the next after a kill", async () => {
  const killed = await lab.server({ reach: "public" });
  expect(await tables()).toContain(`mayfly-${killed.process.pid}-`);
  expect(await forwarding()).toBe("1");
  killed.process.kill("SIGKILL");
  await until("its interfaces are gone", async () => (await links()).length === 0);

  const next = await lab.server({ reach: "public" });
  expect(await tables()).not.toContain(`mayfly-${killed.process.pid}-`);
  expect(await tables()).toContain(`mayfly-${next.process.pid}-`);
  expect(await reaches(next, world.internet)).toBe(world.internet);
  await next.close();
  expect([await tables(), await forwarding(), await links()]).toEqual(["", "0", []]);
});

test("an uplink's process that ends is started again, and ends with its server", async () => {
  const server = await lab.server({ reach: "public", asUser: true });
  const [first] = await processes(pastasName);
  process.kill(first!, "SIGKILL");
  await until("it runs again", async () => (await processes(pastasName)).some((pid) => pid !== first));
  await until("the internet is reached again", async () => (await reaches(server, world.internet)) === world.internet);
  expect(await server.ask({ do: "support" })).toMatchObject({
    problems: [expect.stringMatching(/^pasta ended .*functions reach no network until it runs again$/)],
  });
  server.process.kill("SIGKILL");
  await until("it is gone", async () => (await processes(pastasName)).length === 0);
});

test("an address that the machine gets later is closed, too", async () => {
  const [later, server] = ["198.51.100.99", await lab.server({ reach: "public", asUser: true })];
  await lab.run("ip", "addr", "add", `${later}/32`, "dev", "lo");
  try {
    await until("it is closed", async () => (await reaches(server, later, openPort)) === "EHOSTUNREACH");
    expect(await reaches(server, world.internet)).toBe(world.internet);
  } finally {
    await lab.run("ip", "addr", "del", `${later}/32`, "dev", "lo");
    await server.close();
  }
});

test("a name server that the machine gets later is asked, even one on its loopback", async () => {
  const server = await lab.server({ reach: "public" });
  const address = async (): Promise<string> => (await server.python('import socket; print(socket.gethostbyname("names.test"))')).trim();
  expect(await address()).toBe(world.internet);
  await onMachine(join(import.meta.dirname, "testing/internet.ts"), "198.51.100.53", "127.0.0.53");
  lab.setResolver("127.0.0.53");
  try {
    await until("it is asked", async () => (await address()) === "198.51.100.53");
    expect(await reaches(server, world.machine, 53)).toBe("EHOSTUNREACH");
  } finally {
    lab.setResolver(world.resolver);
    await server.close();
  }
});

test("where a firewall drops what is forwarded, nothing is forwarded", async () => {
  await lab.run("nft", "add table inet other; add chain inet other guard { type filter hook forward priority 0; policy drop; }");
  try {
    const server = await lab.server({ reach: "public" });
    expect(await reaches(server, world.internet)).toBe(world.internet);
    expect(await tables()).toBe("table inet other\n");
    await server.close();
  } finally {
    await lab.run("nft", "delete table inet other");
  }
});

test("one sandbox's connections are bounded, and others have theirs", async () => {
  const server = await lab.server({ reach: "public" });
  const program = `
import socket, time
held, refused = [], 0
while len(held) < 1100 and refused < 50:
  try: held.append(socket.create_connection(("${world.internet}", 7), 5))
  except OSError: refused += 1
  if len(held) > 900: time.sleep(0.006)
print(len(held), flush=True)
time.sleep(60)
`;
  await server.ask({ do: "start", id: "greedy", python: program });
  const held = Number(await server.ask({ do: "hear", id: "greedy" }));
  expect(held).toBeGreaterThan(900);
  expect(held).toBeLessThanOrEqual(1_024);
  expect(await reaches(server, world.internet)).toBe(world.internet);
  await server.ask({ do: "kill", id: "greedy" });
  await server.close();
});

test("where no way out can be had, it is said, and a sandbox that needs one is not made", async () => {
  const server = await lab.server({ reach: "public", without: ["/usr/sbin/nft"] });
  expect(await server.ask({ do: "support" })).toMatchObject({
    network: { reach: "none", lacking: "nft is not installed. To have it: install nftables and iproute2" },
    mechanisms: expect.arrayContaining([expect.objectContaining({ name: "way out to the network", available: false })]),
  });
  expect(await reaches(server, world.internet)).toBe("ENETUNREACH");
  await expect(server.python("print(1)", "public")).rejects.toThrow("The sandbox can have no network: nft is not installed.");
  await server.close();
});
