import type { Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { waitFor } from "@mayfly/testkit";
import { answer, startTestEngine, type TestEngine } from "../testing/test-engine.ts";

let t: TestEngine;
afterEach(() => t.close());

/** Waits at AWS_ENDPOINT_URL until it is let go. */
const meet = `import socket
def meet():
    with socket.create_connection(("127.0.0.1", 4566)) as place:
        place.recv(1)
`;

test("functions that may have much are counted for what they use: 24 environments of 1,769 MB run at once in 4 GB", async (context) => {
  const met: Socket[] = [];
  t = await startTestEngine({ memoryMb: 4_096, awsConnection: (socket) => void met.push(socket) });
  if (!t.boundsMemory) return context.skip("This machine lets nobody bound what all sandboxes have together.");
  const target = await t.target(
    { "index.py": `${meet}def handler(event, context):\n    meet()\n    return 'met'\n` },
    { memorySizeMb: 1_769, timeoutMs: 60_000 },
  );
  const answers = Array.from({ length: 24 }, () => t.invoke(target));
  await waitFor("all to have come", () => met.length === 24, 60_000);
  const { memory } = await t.engine.status();
  expect(memory.promisableMb).toBe(4_096);
  expect(memory.promisedMb).toBeLessThanOrEqual(4_096);
  for (const socket of met) socket.end("x");
  expect((await Promise.all(answers)).map(answer)).toEqual(Array.from({ length: 24 }, () => "met"));
  // Measured now, they count for less; another function's 20 find room beside them.
  const measured = await t.engine.status();
  expect(measured.memory.promisedMb).toBeLessThan(memory.promisedMb);
});

test("what they use together is bounded all the same: one that goes beyond it ends, the server and others don't", async (context) => {
  const met: Socket[] = [];
  t = await startTestEngine({ memoryMb: 640, awsConnection: (socket) => void met.push(socket) });
  if (!t.boundsMemory) return context.skip("This machine lets nobody bound what all sandboxes have together.");
  const eater = `${meet}import mmap
def handler(event, context):
    held = mmap.mmap(-1, 360 << 20)
    for at in range(0, len(held), 4096):
        held[at] = 1
    meet()
    return 'full'
`;
  const [one, other, small] = await Promise.all([
    t.target({ "index.py": eater }, { memorySizeMb: 1_024, timeoutMs: 60_000 }),
    t.target({ "index.py": eater }, { memorySizeMb: 1_024, timeoutMs: 60_000 }),
    t.target({ "index.py": "def handler(event, context):\n    return 'here'\n" }),
  ]);
  const first = t.invoke(one);
  await waitFor("the first to be full", () => met.length === 1, 60_000);
  const second = t.invoke(other);
  // Which of the two the kernel ends is its own choice.
  const failed = answer(await Promise.race([first, second]));
  expect(failed).toMatchObject({ errorType: "Runtime.OutOfMemory" });
  expect(answer(await t.invoke(small))).toBe("here");
  await waitFor("the one that is left to be full", () => met.some(({ closed, destroyed }) => !closed && !destroyed), 60_000);
  for (const socket of met) socket.end("x");
  const results = (await Promise.all([first, second])).map(answer);
  expect(results.filter((result) => result === "full")).toHaveLength(1);
});

test("an environment that was found to use more makes room by ending those that wait", async (context) => {
  t = await startTestEngine({ memoryMb: 900 });
  if (!t.boundsMemory) return context.skip("This machine lets nobody bound what all sandboxes have together.");
  const idle = await Promise.all(
    Array.from({ length: 3 }, () => t.target({ "index.py": "def handler(event, context):\n    pass\n" }, { memorySizeMb: 512 })),
  );
  for (const target of idle) await t.invoke(target);
  const big = await t.target(
    { "index.py": "HELD = b'x' * (560 << 20)\ndef handler(event, context):\n    return len(HELD)\n" },
    { memorySizeMb: 1_024, timeoutMs: 30_000 },
  );
  expect(answer(await t.invoke(big))).toBe(560 << 20);
  await waitFor("room to be made", async () => (await t.engine.status()).memory.promisedMb <= 900, 20_000);
  expect(t.engine.environments().map(({ targetId }) => targetId)).toContain(big.id);
});
