import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { isDrill } from "@mayfly/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { reach, tell } from "./testing/programs.ts";
import { cannot, openLab, world, type Lab, type Server } from "./testing/lab.ts";

/** Refused by a rule, at once: IPv4 and IPv6 tell it to programs by different numbers. */
const closed = expect.stringMatching(/^(EHOSTUNREACH|EACCES)$/);
const unreachable = "ENETUNREACH";

/** Where servers other than the sandboxes' listen on the machine. */
const [openPort, loopbackPort] = [8_080, 8_081];

interface Way {
  readonly title: string;
  readonly mechanism: string;
  readonly needs?: string;
  readonly asUser?: boolean;
  readonly without?: readonly string[];
  readonly ipv6?: boolean;
}

const ways: readonly Way[] = [
  { title: "as root", mechanism: "veth and nftables" },
  { title: "as root, where packets can't be forwarded", mechanism: "pasta", needs: "pasta", without: ["/usr/sbin/ip"], ipv6: true },
  { title: "as an ordinary user", mechanism: "pasta", needs: "pasta", asUser: true, ipv6: true },
  { title: "as an ordinary user without pasta", mechanism: "slirp4netns", needs: "slirp4netns", asUser: true, without: ["/usr/bin/pasta"] },
];

let lab: Lab;
let servers: ChildProcess;

beforeAll(async () => {
  if (cannot() !== undefined) return;
  lab = await openLab();
  servers = spawn("ip", ["netns", "exec", lab.machine, process.execPath, "-e", tell(openPort, loopbackPort)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(servers.stdout!, "data");
});

afterAll(async () => {
  servers?.kill("SIGKILL");
  await lab?.close();
});

const ask = async (
  server: Server,
  targets: readonly (readonly [string, number])[],
  network?: "none" | "public" | "all",
): Promise<unknown> => JSON.parse(await server.python(reach(targets), network));

describe.each(ways)("a sandbox's network, $title", ({ mechanism, needs, asUser, without, ipv6 }) => {
  let server: Server;

  beforeEach((context) => {
    const why = cannot(needs);
    if (why !== undefined) context.skip(why);
  });
  beforeAll(async () => {
    if (cannot(needs) !== undefined) return;
    server = await lab.server({ reach: "public", ...(asUser ? { asUser } : {}), ...(without ? { without } : {}) });
  });
  afterAll(() => server?.close());

  test("is told by doctor", async () => {
    expect(await server.ask({ do: "support" })).toMatchObject({
      network: { reach: "public" },
      mechanisms: expect.arrayContaining([
        { id: "network", name: `way out to the network (${mechanism})`, available: true, used: true, lost: "", remedy: "" },
      ]),
    });
  });

  test("public: reaches the internet by address and by name", async () => {
    expect(
      await ask(server, [
        [world.internet, 80],
        ["names.test", 80],
      ]),
    ).toEqual([world.internet, world.internet]);
    expect(await ask(server, [[world.internetIpv6, 80]])).toEqual([ipv6 ? world.internetIpv6 : unreachable]);
  });

  test("public: asks for names by TCP, too", async () => {
    const program = `
import socket
resolver = open("/etc/resolv.conf").read().split()[1]
question = b"\\x00\\x01\\x01\\x00\\x00\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x05names\\x04test\\x00\\x00\\x01\\x00\\x01"
s = socket.create_connection((resolver, 53), 3)
s.sendall(len(question).to_bytes(2, "big") + question)
print(".".join(map(str, s.recv(999)[-4:])))
`;
    expect(await server.python(program)).toBe(`${world.internet}\n`);
  });

  test("public: reaches neither what is private nor the machine", async () => {
    const targets = [
      [world.private, 80],
      [world.carrier, 80],
      [world.linkLocal, 80],
      [world.resolver, 80],
      [world.machine, openPort],
      [world.internet, 25],
    ] as const;
    expect(await ask(server, targets)).toEqual(targets.map(() => closed));
    const targetsIpv6 = [
      [world.privateIpv6, 80],
      [world.machineIpv6, openPort],
      [world.neighbourIpv6, 80],
    ] as const;
    expect(await ask(server, targetsIpv6)).toEqual(targetsIpv6.map(() => (ipv6 ? closed : unreachable)));
  });

  test("none: reaches nothing", async () => {
    const targets = [
      [world.internet, 80],
      [world.internetIpv6, 80],
      [world.private, 80],
      [world.machine, openPort],
    ] as const;
    expect(await ask(server, targets, "none")).toEqual(targets.map(() => unreachable));
    expect(await ask(server, [["names.test", 80]], "none")).toEqual(["no such name"]);
  });

  test("all: reaches what is private, and the machine", async () => {
    const targets = [
      [world.internet, 80],
      [world.private, 80],
      [world.carrier, 80],
      [world.machine, openPort],
    ] as const;
    expect(await ask(server, targets, "all")).toEqual([world.internet, world.private, world.carrier, "the machine"]);
    if (ipv6) expect(await ask(server, [[world.privateIpv6, 80]], "all")).toEqual([world.privateIpv6]);
  });

  test.each(["none", "public", "all"] as const)("%s: 127.0.0.1 is the sandbox's own", async (network) => {
    expect(await ask(server, [["127.0.0.1", loopbackPort]], network)).toEqual(["ECONNREFUSED"]);
  });

  test.each(["public", "all"] as const)("%s: reaches no other sandbox, nor its Runtime API", async (network) => {
    const id = `listener-${network}`;
    const program = `
import socket
s = socket.socket(); s.bind(("0.0.0.0", 7777)); s.listen()
u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); u.connect(("${world.internet}", 80))
print(u.getsockname()[0], flush=True)
s.accept()
`;
    await server.ask({ do: "start", id, python: program, network, listen: [9_001] });
    const address = String(await server.ask({ do: "hear", id })).trim();
    const gateway = address.replace(/\d+$/, "1");
    expect(
      await ask(
        server,
        [
          [address, 7_777],
          [address, 9_001],
          ["127.0.0.1", 9_001],
        ],
        network,
      ),
    ).toEqual([closed, closed, "ECONNREFUSED"]);
    expect(await ask(server, [[gateway, 22]], network)).toEqual([closed]);
    await server.ask({ do: "kill", id });
  });

  test("can't be changed from inside", async () => {
    const program = `
import errno, fcntl, socket, struct
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for name, request, data in [
  ("take an interface down", 0x8914, struct.pack("16sh14s", b"eth0", 0, b"")),
  ("change an address", 0x8916, struct.pack("16sHH4s8x", b"eth0", socket.AF_INET, 0, bytes([100, 127, 192, 99]))),
  ("change the MAC address", 0x8924, struct.pack("16sH6s8x", b"eth0", 1, bytes([2, 0, 0, 0, 0, 9]))),
]:
  try: fcntl.ioctl(s, request, data); print(name)
  except OSError as e: print(errno.errorcode[e.errno])
for family, kind, protocol in [(socket.AF_INET, socket.SOCK_RAW, 1), (socket.AF_PACKET, socket.SOCK_RAW, 3), (socket.AF_INET, socket.SOCK_DGRAM, 1)]:
  try: socket.socket(family, kind, protocol); print("made a raw socket")
  except OSError as e: print(errno.errorcode[e.errno])
`;
    const answers = (await server.python(program)).trim().split("\n");
    expect(answers).toEqual(["EPERM", "EPERM", "EPERM", "EPERM", "EAFNOSUPPORT", "EACCES"]);
  });

  // A first packet that is lost in the rush is sent again after one, three and seven seconds. Debian's pasta was seen to leave connections of such a rush
  // hanging for more than 20 seconds: an open defect, for which `npm run drill -- packages/sandbox/src/network/way-out.test.ts` has no patience.
  const patience = mechanism === "pasta" && !isDrill ? ([5, 4] as const) : ([20, 1] as const);
  test("is there for each of 64 at once", async () => {
    const all = await Promise.all(
      Array.from({ length: 64 }, async (_each, index) => {
        const id = `burst${index}`;
        await server.ask({ do: "start", id, python: reach([[world.internet, 80]], ...patience) });
        return JSON.parse(String(await server.ask({ do: "output", id })));
      }),
    );
    expect(all).toEqual(all.map(() => [world.internet]));
  });
});
