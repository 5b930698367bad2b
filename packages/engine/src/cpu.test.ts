import { afterAll, beforeAll, expect, test } from "vitest";
import { answer, startTestEngine, type TestEngine } from "./testing/test-engine.ts";

let t: TestEngine;
beforeAll(async () => {
  t = await startTestEngine();
});
afterAll(() => t.close());

/** Works for a second of the clock, and tells how much processor time it got of it. */
const code = `import time
def work(until):
    cpu, wall = time.process_time(), time.monotonic()
    while not until(time.process_time() - cpu, time.monotonic() - wall):
        pass
    return (time.process_time() - cpu) / (time.monotonic() - wall)
if INIT:
    work(lambda cpu, wall: cpu > 1)
def handler(e, c):
    return work(lambda cpu, wall: wall > 1)
`;

test("an invocation gets the processor time that its memory stands for", async () => {
  const share = async (memorySizeMb: number) =>
    answer(await t.invoke(await t.target({ "index.py": code.replace("INIT", "False") }, { memorySizeMb })));
  // 442 MB are a quarter of 1,769; 128 MB are 0.072.
  expect(await share(442)).toBeLessThan(0.3);
  expect(await share(128)).toBeLessThan(0.1);
});

test("INIT has all that there is: a second's work ends within its ten seconds, which a share of 0.072 would take fourteen for", async () => {
  const result = await t.invoke(await t.target({ "index.py": code.replace("INIT", "True") }, { memorySizeMb: 128 }));
  expect(answer(result)).toBeLessThan(0.1);
  expect(result.report.initDurationMs).toBeGreaterThan(1_000);
});

test("with `shared`, memory says nothing of the processor", async () => {
  const own = await startTestEngine({ cpu: "shared" });
  try {
    // A tenth of a second's work within a second: a share of 0.072 can't.
    const quick = code.replace("INIT", "False").replace("lambda cpu, wall: wall > 1", "lambda cpu, wall: cpu > 0.1 or wall > 1");
    expect(answer(await own.invoke(await own.target({ "index.py": quick }, { memorySizeMb: 128 })))).toBeGreaterThan(0.1);
  } finally {
    await own.close();
  }
});
