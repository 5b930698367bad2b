import { writeFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { waitFor } from "@mayfly/testkit";
import { answer, startTestEngine, type TestEngine } from "./testing/test-engine.ts";
import type { FunctionTarget, ProvisionedState } from "./types.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await startTestEngine({ idleTimeoutMs: 300 });
});
afterEach(() => test.close());

const handler = `
const startedAt = Date.now();
exports.handler = async ({ waitMs = 0, exit = false }) => {
  if (exit) process.exit(3);
  await new Promise((resolve) => setTimeout(resolve, waitMs));
  return { type: process.env.AWS_LAMBDA_INITIALIZATION_TYPE, pid: process.pid, startedAt };
};`;

interface Answer {
  readonly type: string;
  readonly startedAt: number;
}

const call = async (target: FunctionTarget, event: object = {}): Promise<Answer> => answer(await test.invoke(target, event)) as Answer;

const until = (target: FunctionTarget, what: Partial<ProvisionedState>): Promise<ProvisionedState> =>
  waitFor(`provisioned ${JSON.stringify(what)}`, async () => {
    const state = await test.engine.provisioned(target.id);
    return Object.entries(what).every(([key, value]) => state[key as keyof ProvisionedState] === value) && state;
  });

const idsOf = (): readonly string[] =>
  test.engine
    .environments()
    .filter(({ state }) => state === "idle" || state === "invoking")
    .map(({ id }) => id);

describe("environments that are kept initialized", () => {
  it("are there before any event, tell their INIT with the first one and bill none of it", async () => {
    const target = await test.target({ "index.js": handler });
    test.engine.provision(target, 2);
    expect(await test.engine.provisioned(target.id)).toEqual({ wanted: 2, ready: 0, status: "in-progress" });
    await until(target, { ready: 2, status: "ready" });
    expect(test.engine.environments()).toHaveLength(2);

    const { report, payload, logTail } = await test.invoke(target);
    expect(JSON.parse(payload.toString())).toMatchObject({ type: "provisioned-concurrency" });
    expect(report.initDurationMs).toBeGreaterThan(0);
    expect(report.billedDurationMs).toBe(Math.ceil(report.durationMs));
    expect(logTail.toString()).toMatch(/\tInit Duration: [\d.]+ ms\t/);
  });

  it("take events first; what is beyond them runs on demand", async () => {
    const target = await test.target({ "index.js": handler }, { timeoutMs: 120_000 });
    test.engine.provision(target, 1);
    await until(target, { status: "ready" });
    const others = [call(target, { waitMs: 60_000 }), call(target, { waitMs: 60_000 })];
    for (const other of others) other.catch(() => {});
    expect(await call(target)).toMatchObject({ type: "on-demand" });
    await waitFor("two at work", () => test.engine.environments().filter(({ state }) => state === "invoking").length === 2);
    const busy = test.engine.environments().filter(({ state }) => state === "invoking");
    expect(busy.map(({ initializationType }) => initializationType)).toContain("provisioned-concurrency");
  });

  it("do not end for being idle, as the others do", async () => {
    const target = await test.target({ "index.js": handler });
    test.engine.provision(target, 1);
    await until(target, { status: "ready" });
    const [provisioned] = idsOf();
    await Promise.all([call(target, { waitMs: 300 }), call(target, { waitMs: 300 })]);
    await waitFor("the other one to end", () => test.engine.environments().length === 1);
    expect(idsOf()).toEqual([provisioned]);
  });

  it.each([
    ["crashed", { exit: true }],
    ["timed out", { waitMs: 60_000 }],
  ])("are replaced when one has %s", async (_how, event) => {
    const target = await test.target({ "index.js": handler }, { timeoutMs: 500 });
    test.engine.provision(target, 1);
    await until(target, { status: "ready" });
    const [first] = idsOf();
    expect((await test.invoke(target, event)).functionError).toBe("Unhandled");
    const second = await waitFor("another", () => idsOf().find((id) => id !== first));
    await until(target, { ready: 1, status: "ready" });
    expect(await call(target)).toMatchObject({ type: "provisioned-concurrency" });
    expect(idsOf()).toEqual([second]);
  });

  it("are replaced before their credentials end, and not ended for want of them", async () => {
    const target = await test.target({ "index.js": handler });
    test.credentials = { ...test.credentials, expiresAtMs: Date.now() + 3_000 };
    test.engine.provision(target, 1);
    await until(target, { status: "ready" });
    const [first] = idsOf();
    test.credentials = { ...test.credentials, expiresAtMs: Date.now() + 3_600_000 };
    await waitFor("the next one alone", () => idsOf().length === 1 && idsOf()[0] !== first);
    expect(await test.engine.provisioned(target.id)).toMatchObject({ ready: 1, status: "ready" });
  });

  it("end when fewer are wanted, none, or the target is retired; a busy one ends after its event", async () => {
    const target = await test.target({ "index.js": handler });
    test.engine.provision(target, 3);
    await until(target, { ready: 3 });
    const running = call(target, { waitMs: 500 });
    test.engine.provision(target, 1);
    await waitFor("two to end", () => idsOf().length === 1);
    test.engine.provision(target, 0);
    expect(idsOf()).toHaveLength(1);
    expect(await running).toMatchObject({ type: "provisioned-concurrency" });
    await waitFor("all to end", () => test.engine.environments().length === 0);

    test.engine.provision(target, 1);
    await until(target, { ready: 1 });
    test.engine.retire(target.id);
    await waitFor("it to end", () => test.engine.environments().length === 0);
    expect(await test.engine.provisioned(target.id)).toEqual({ wanted: 0, ready: 0, status: "ready" });
  });

  it("say that INIT failed, and are there when it goes well at last", async () => {
    const target = await test.target({
      "index.js": `if (!require("fs").existsSync(__dirname + "/may-run")) throw new Error("not yet");\n${handler}`,
    });
    test.engine.provision(target, 1);
    await until(target, { ready: 0, status: "failed", reason: "FUNCTION_ERROR_INIT_FAILURE" });
    await writeFile(`${target.codeFolder}/may-run`, "");
    await until(target, { ready: 1, status: "ready" });
    expect(await call(target)).toMatchObject({ type: "provisioned-concurrency" });
  });

  it("fail where the machine has no interpreter", async () => {
    const target = await test.target({ "index.js": handler }, { runtime: "dotnet8" });
    test.engine.provision(target, 1);
    const failed = { ready: 0, status: "failed", reason: "FUNCTION_ERROR_INIT_FAILURE" } as const;
    expect(await until(target, failed)).toEqual({ wanted: 1, ...failed });
  });

  it("have more time for INIT than others", async () => {
    const target = await test.target({
      "index.js": `Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 11_000);\n${handler}`,
    });
    test.engine.provision(target, 1);
    await until(target, { ready: 1, status: "ready" });
    expect(await call(target)).toMatchObject({ type: "provisioned-concurrency" });
  });
});
