import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";

const main = fileURLToPath(new URL("../../apps/server/src/main.mjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "mayfly-no-network-"));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** `mayfly start` where nftables is not installed: in a mount namespace, for as long as it runs. */
function startWithoutNft(...options: readonly string[]) {
  const hide = 'for nft in /usr/sbin/nft /sbin/nft; do [ -e $nft ] && mount --bind /dev/null $nft; done; exec "$@"';
  const words = ["-m", "sh", "-c", hide, "sh", process.execPath, "--disable-warning=ExperimentalWarning", main];
  return spawn("unshare", [...words, "start", "--port", "0", "--data", folder, "--auth", "open", ...options], {
    stdio: ["ignore", "pipe", "pipe"],
  });
}

test("where no way out can be had, the start says so, and is refused if one was asked for", { timeout: 120_000 }, async (context) => {
  if (process.geteuid?.() !== 0) return context.skip("Only root can hide a program.");
  const server = startWithoutNft();
  let said = "";
  server.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
  while (!said.includes("Functions may run as")) await once(server.stdout, "data");
  expect(said).toContain("\n  functions reach no network: nft is not installed. To have it: install nftables and iproute2\n");
  server.kill("SIGTERM");
  expect(await once(server, "exit")).toEqual([0, null]);

  const refused = startWithoutNft("--function-network", "public");
  const [complaint, [code]] = await Promise.all([text(refused.stderr), once(refused, "exit")]);
  expect([code, complaint.trim()]).toEqual([
    1,
    "Functions can reach no network here: nft is not installed. To have it: install nftables and iproute2. Or start with --function-network none.",
  ]);

  const unknown = startWithoutNft("--function-network", "some");
  expect(await text(unknown.stderr)).toMatch(/argument 'some' is invalid. Allowed choices are none, public, all/);
});
