import { createInterface } from "node:readline";
import { describe, expect, test } from "vitest";
import { boundsProcessesByUser } from "./linux.ts";
import { createTestSandboxes } from "./testing/test-sandboxes.ts";

const sandboxes = createTestSandboxes();
const { start, shell, python } = sandboxes;

describe("bounds", () => {
  test("more memory than allowed ends it, and is called by its name", async () => {
    const sandbox = await start(["/bin/sh", "-c", "exec python3 -I -c 'x = b\"a\" * (512 << 20); import time; time.sleep(20)'"]);
    expect((await sandbox.exited).outOfMemory).toBe(true);
    expect(await sandbox.peakMemoryBytes()).toBeGreaterThan(64 * 1_048_576);
  });

  test("processes are bounded", async () => {
    const { stdout } = await python(
      "import os, time\nn = 0\ntry:\n  while n < 200:\n    if os.fork() == 0:\n      time.sleep(20); os._exit(0)\n    n += 1\nexcept OSError: pass\nprint(n)",
    );
    const bounded = boundsProcessesByUser(process.geteuid?.() === 0) || sandboxes.has("memory and process limits");
    expect(Number(stdout)).toBeLessThan(bounded ? 64 : 201);
  });

  test("CPU time is bounded where a control group bounds it, and freed again", async () => {
    const bounded = sandboxes.has("CPU limits");
    const spin = `import time
while True:
  wall, cpu = time.monotonic(), time.process_time()
  while time.monotonic() - wall < 0.5: pass
  print(int(100 * (time.process_time() - cpu) / (time.monotonic() - wall)), flush=True)`;
    const sandbox = await start(["/usr/bin/python3", "-I", "-c", spin], { cpus: 0.1 });
    const percents = createInterface({ input: sandbox.stdout })[Symbol.asyncIterator]();
    const next = async (): Promise<number> => Number((await percents.next()).value);
    await next();
    expect(Math.max(await next(), await next())).toBeLessThan(bounded ? 20 : 101);
    sandbox.limit({ cpus: Infinity });
    // Others use the machine, too: it comes to more than the bound sooner or later.
    while ((await next()) <= 20);
    await sandbox.kill();
  });

  test("open files are bounded", async () => {
    expect((await shell("ulimit -n; ulimit -c")).stdout).toBe("256\n0\n");
  });
});
