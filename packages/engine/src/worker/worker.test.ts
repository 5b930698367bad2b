import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answer } from "../testing/test-engine.ts";
import type { EngineWorker, FunctionTarget, Invocation } from "../types.ts";
import { connectEngine } from "./remote-engine.ts";
import type { WorkerOptions } from "./worker-main.ts";

const workerMain = fileURLToPath(new URL("worker-main.ts", import.meta.url));

let folder: string;
let aws: Server;
let logs: Map<string, string[]>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mayfly-worker-"));
  await chmod(folder, 0o755);
  aws = createServer((socket) => socket.end("from the front"));
  await once(aws.listen(0, "127.0.0.1"), "listening");
  logs = new Map();
});
afterAll(async () => {
  aws.close();
  await rm(folder, { recursive: true, force: true });
});

interface Worker {
  readonly process: ChildProcess;
  readonly engine: EngineWorker;
  readonly exited: Promise<unknown>;
}

/** Starts a worker in a process of its own and connects to it. */
async function startWorker(): Promise<Worker> {
  const socketPath = join(folder, `${randomUUID().slice(0, 8)}.sock`);
  const server = createServer();
  await once(server.listen(socketPath), "listening");
  const options: WorkerOptions = {
    folder: join(folder, randomUUID()),
    runtimesFolder: join(folder, "runtimes"),
    bundledNode: process.execPath,
    cgroupName: `mayfly-test-${randomUUID().slice(0, 8)}`,
    awsEndpoint: { host: "127.0.0.1", port: (aws.address() as AddressInfo).port },
  };
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", workerMain, socketPath, JSON.stringify(options)], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  const exited = once(child, "exit");
  const [stream] = (await once(server, "connection")) as [Socket];
  server.close();
  const engine = connectEngine(stream, {
    credentials: (target) =>
      target.functionName === "unknown"
        ? Promise.reject(new Error("No such role"))
        : Promise.resolve({ accessKeyId: "ASIAFRONT", secretAccessKey: "s", sessionToken: "t", expiresAtMs: Date.now() + 3_600_000 }),
    log(_target, stream, lines) {
      logs.set(stream, [...(logs.get(stream) ?? []), ...lines.map(({ message }) => message)]);
    },
  });
  return { process: child, engine, exited };
}

async function targetOf(code: string, own: Partial<FunctionTarget> = {}, file = "index.py"): Promise<FunctionTarget> {
  const codeFolder = await mkdtemp(join(folder, "code-"));
  await chmod(codeFolder, 0o755);
  await mkdir(codeFolder, { recursive: true });
  await writeFile(join(codeFolder, file), code);
  return {
    id: randomUUID(),
    functionName: "remote",
    functionVersion: "$LATEST",
    accountId: "123456789012",
    region: "us-east-1",
    runtime: "python3.11",
    handler: "index.handler",
    codeFolder,
    memorySizeMb: 1_769,
    timeoutMs: 10_000,
    ephemeralStorageMb: 512,
    environment: {},
    logGroupName: "/aws/lambda/remote",
    logFormat: "Text",
    applicationLogLevel: "INFO",
    systemLogLevel: "INFO",
    architecture: process.arch === "arm64" ? "arm64" : "x86_64",
    ...own,
  };
}

const invocation = (event: unknown, payload = Buffer.from(JSON.stringify(event))): Invocation => ({
  requestId: randomUUID(),
  invokedFunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:remote",
  payload,
  traceId: "Root=1-00000000-000000000000000000000000;Parent=0000000000000000;Sampled=0",
});

test("a worker in a process of its own runs functions, logs, asks for credentials, leads to the front, and ends", async () => {
  const { engine, exited } = await startWorker();
  const code = `import os, socket
def handler(event, context):
    print("said", event)
    if event == "fail":
        raise ValueError("no")
    aws = socket.create_connection(("127.0.0.1", 4566)).recv(100).decode()
    return [event, os.environ["AWS_ACCESS_KEY_ID"], aws]
`;
  const target = await targetOf(code);
  const [one, other] = await Promise.all([engine.invoke(target, invocation("a")), engine.invoke(target, invocation("b"))]);
  expect([answer(one), answer(other)]).toEqual([
    ["a", "ASIAFRONT", "from the front"],
    ["b", "ASIAFRONT", "from the front"],
  ]);
  const failed = await engine.invoke(target, invocation("fail"));
  expect(failed.functionError).toBe("Unhandled");
  expect(answer(failed)).toMatchObject({ errorType: "ValueError" });
  expect(logs.get(failed.logStreamName)?.join("")).toContain("said fail\n");

  const large = Buffer.from(JSON.stringify("x".repeat(5 * 2 ** 20)));
  const echo = await targetOf("def handler(event, context):\n    return event\n");
  expect((await engine.invoke(echo, invocation(undefined, large))).payload.equals(large)).toBe(true);

  await expect(engine.invoke(await targetOf(code, { functionName: "unknown" }), invocation(1))).rejects.toThrow("No such role");
  const { environments, starts, memory } = await engine.status();
  expect(environments.map(({ target: { functionName } }) => functionName)).toContain("remote");
  expect(starts.length).toBeGreaterThanOrEqual(2);
  expect(memory.promisedMb).toBeGreaterThan(0);
  expect(memory.promisableMb).toBeGreaterThan(memory.promisedMb);
  expect((await engine.usage(environments.find(({ state }) => state === "idle")!.id))?.memoryBytes).toBeGreaterThan(2 ** 20);

  const stream = `exports.handler = awslambda.streamifyResponse(async (event, out) => {
  out.setContentType("text/plain");
  out.write("first ");
  await new Promise((resolve) => require("node:net").connect(4566, "127.0.0.1").on("data", () => {}).on("close", resolve));
  out.end("last");
});`;
  const streaming = await engine.invokeStreaming(await targetOf(stream, { runtime: "nodejs24.x" }, "index.js"), invocation(1));
  let text = "";
  for await (const piece of streaming.body) text += piece.toString();
  expect([streaming.contentType, text, (await streaming.result).functionError]).toEqual(["text/plain", "first last", undefined]);

  engine.retire(target.id);
  while ((await engine.status()).environments.some(({ targetId }) => targetId === target.id)) await new Promise(setImmediate);
  await engine.close(0);
  expect(await exited).toEqual([0, null]);
});

test("a worker that is killed fails what it ran, and what it is asked from then on", async () => {
  const worker = await startWorker();
  const target = await targetOf("import time\ndef handler(event, context):\n    time.sleep(event)\n");
  const running = worker.engine.invoke(target, invocation(30)).catch((error: unknown) => error);
  while (!(await worker.engine.status()).environments.some(({ state }) => state === "invoking")) await new Promise(setImmediate);
  worker.process.kill("SIGKILL");
  expect(await running).toMatchObject({ name: "EngineError", code: "interrupted" });
  await expect(worker.engine.invoke(target, invocation(0))).rejects.toMatchObject({ code: "closed" });
});
