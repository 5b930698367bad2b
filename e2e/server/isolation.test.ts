import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const main = fileURLToPath(new URL("../../apps/server/src/main.mjs", import.meta.url));
const isRoot = process.geteuid?.() === 0;

/** `mayfly` where isolation is reduced: an ordinary user has no control groups; root has them hidden in a mount namespace, for as long as it runs. */
function mayflyWithoutCgroups(...words: readonly string[]) {
  const command = [process.execPath, "--disable-warning=ExperimentalWarning", main, ...words];
  const hide = ["unshare", "-m", "sh", "-c", 'mount -t tmpfs none /sys/fs/cgroup; exec "$@"', "sh"];
  const [program = "", ...args] = isRoot ? [...hide, ...command] : command;
  const { MAYFLY_ISOLATION: _isolation, ...environment } = process.env;
  return spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...environment, MAYFLY_FUNCTION_NETWORK: "none" } });
}

/** Starts a server and ends it as soon as it is ready; what it said, and its exit code. */
async function startAndEnd(...options: readonly string[]): Promise<{ code: number; said: string; complaint: string }> {
  const server = mayflyWithoutCgroups("start", "--port", "0", "--ephemeral", ...options);
  let said = "";
  server.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
    if (said.includes("Functions may run as")) server.kill("SIGTERM");
  });
  const [complaint, [code]] = await Promise.all([text(server.stderr), once(server, "exit")]);
  return { code: code as number, said, complaint };
}

const missing =
  /\n +memory and process limits \(cgroup v1 or v2\): memory is measured .*To have it: run Mayfly as root, or give it a delegated/;

test("a server that others reach refuses less than full isolation, and says what is missing", { timeout: 180_000 }, async () => {
  const { code, said, complaint } = await startAndEnd("--host", "0.0.0.0");
  expect({ code, said }).toEqual({ code: 1, said: expect.not.stringContaining("is ready") });
  expect(complaint).toContain("The isolation of functions here is reduced, not full, and at 0.0.0.0 others reach the server. Missing:\n");
  expect(complaint).toMatch(missing);
  expect(complaint).toContain("\nOr accept that: --isolation reduced.");
});

test("unless that was chosen; on loopback it is said at the start", { timeout: 180_000 }, async () => {
  const chosen = await startAndEnd("--host", "0.0.0.0", "--isolation", "reduced");
  expect(chosen).toMatchObject({ code: 0, said: expect.not.stringContaining("Missing"), complaint: "" });
  const local = await startAndEnd();
  expect(local.code).toBe(0);
  expect(local.said).toContain("\n  the isolation of functions is reduced, not full. Missing:\n");
  expect(local.said).toMatch(missing);
});

test("full isolation that was asked for is given or refused", { timeout: 180_000 }, async () => {
  const { code, complaint } = await startAndEnd("--isolation", "full");
  expect(code).toBe(1);
  expect(complaint).toContain("Functions can't be isolated fully here, as --isolation full asks. Missing:\n");
  expect(await startAndEnd("--isolation", "some")).toMatchObject({ code: 1, complaint: expect.stringContaining("full, reduced") });
});

test("a way to sandboxes that was asked for is taken or refused", { timeout: 180_000 }, async (context) => {
  if (!isRoot) return context.skip("Only root can hide a program.");
  const hide = 'for bwrap in /usr/bin/bwrap /bin/bwrap; do [ ! -e $bwrap ] || mount --bind /dev/null $bwrap; done; exec "$@"';
  const words = [process.execPath, "--disable-warning=ExperimentalWarning", main, "start", "--port", "0", "--ephemeral"];
  const refused = spawn("unshare", ["-m", "sh", "-c", hide, "sh", ...words, "--sandbox", "bubblewrap"], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { PATH: "/usr/bin:/bin", MAYFLY_FUNCTION_NETWORK: "none" },
  });
  const [complaint, [code]] = await Promise.all([text(refused.stderr), once(refused, "exit")]);
  expect([code, complaint.trim()]).toEqual([
    1,
    "Sandboxes can't be made by bubblewrap here: no function can run: bubblewrap is not installed. To have it: install bubblewrap (Debian, Ubuntu: apt install bubblewrap).",
  ]);
});

test("doctor says what is available, what is used, and what is missing", { timeout: 180_000 }, async () => {
  const ask = async (...options: readonly string[]): Promise<string[]> =>
    (await text(mayflyWithoutCgroups("doctor", ...options).stdout)).split("\n").map((line) => line.split(/ {2,}/).slice(0, 3).join(" | "));
  const usual = await ask();
  expect(usual[0]).toMatch(/^Isolation: reduced \(for full: (own user ids, )?memory and process limits .*, CPU limits/);
  expect(usual).toContain("mechanism | available | used");
  expect(usual).toContain("launcher | yes | yes");
  expect(usual).toContain("seccomp filter | yes | yes");
  expect(usual).toContain("memory and process limits (cgroup v1 or v2) | no | no");
  const hasBubblewrap = usual.includes("bubblewrap | yes | no");
  expect(usual).toContain(hasBubblewrap ? "bubblewrap | yes | no" : "bubblewrap | no | no");
  const other = await ask("--sandbox", "bubblewrap");
  expect(other).toContain(hasBubblewrap ? "bubblewrap | yes | yes" : "bubblewrap | no | no");
  expect(other).toContain("launcher | yes | no");
  expect(other).toContain("mounts into running sandboxes | no | no");
});
