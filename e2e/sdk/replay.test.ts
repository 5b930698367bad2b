import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import * as aws from "@aws-sdk/client-lambda";
import { waitFor, zipOf } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { expect, test } from "vitest";

const FunctionName = "replayed";
const main = fileURLToPath(new URL("../../apps/server/src/main.mjs", import.meta.url));
const secret = "customer-4711";

const { server, clients, restart } = serveTests();

/** `mayfly replay`, as somebody types it. */
async function replay(...args: string[]): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const command = [
    "--disable-warning=ExperimentalWarning",
    main,
    "replay",
    "--data",
    server.dataFolder,
    "--function",
    FunctionName,
    ...args,
  ];
  return promisify(execFile)(process.execPath, command).catch((error: { stdout: string; stderr: string }) => error);
}
const waiter = () => ({ client: clients.lambda, maxWaitTime: 30, minDelay: 0.02, maxDelay: 0.2 });
const answering = (answer: string) =>
  zipOf({ "index.mjs": `export const handler = async (event) => { console.log("for", event.customer); ${answer} };` });

async function invoke(event: object): Promise<string> {
  const { $metadata } = await clients.lambda.send(new aws.InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }));
  return $metadata.requestId ?? "";
}

test("an invocation that failed is run again on the version that mends it", async () => {
  const Code = { ZipFile: await answering("throw new Error('not for ' + event.customer);") };
  const Role = "arn:aws:iam::123456789012:role/execution_role";
  await clients.lambda.send(new aws.CreateFunctionCommand({ FunctionName, Runtime: "nodejs24.x", Role, Handler: "index.handler", Code }));
  await aws.waitUntilFunctionActiveV2(waiter(), { FunctionName });
  await invoke({ customer: "unknown" });
  expect((await replay()).stdout).toContain("are not kept");

  await replay("--keep", "on");
  const requestId = await invoke({ customer: secret });
  const listed = await replay();
  expect(listed.stdout).toContain(requestId);
  expect(listed.stdout.trimEnd().split("\n")).toHaveLength(3);

  await clients.lambda.send(new aws.UpdateFunctionCodeCommand({ FunctionName, ZipFile: await answering("return 'mended';") }));
  await aws.waitUntilFunctionUpdatedV2(waiter(), { FunctionName });
  const { Version } = await clients.lambda.send(new aws.PublishVersionCommand({ FunctionName }));
  const { stdout } = await replay(requestId, "--qualifier", Version ?? "");
  const lines = stdout.split("\n");
  expect(lines.find((line) => line.startsWith("version"))).toMatch(/^version \$LATEST +\| version 1$/);
  expect(lines.find((line) => line.startsWith("Unhandled"))).toMatch(/^Unhandled +\| succeeded$/);
  expect(stdout).toContain(`not for ${secret}`);
  expect(stdout).toContain('"mended"');
  expect(stdout.split(`for ${secret}`).length).toBeGreaterThanOrEqual(3);
});

test("what is kept outlives a restart, is not readable on disk, and is gone when it is forbidden", async () => {
  await waitFor("the events to be on disk", async () => (await replay()).stdout.split("\n").length > 3);
  const port = new URL(server.url).port;
  const { dataFolder } = server;
  await server.stop();
  await restart(["--port", port]);
  const before = (await replay()).stdout;
  expect(before).toContain("Unhandled");

  // The log names the customer, as the function says it; what is kept of events must not: look for an event that the function does not print.
  const hidden = "not-printed-4712";
  const requestId = await invoke({ customer: "known", hidden });
  expect((await replay()).stdout).toContain(requestId);
  const files = readdirSync(dataFolder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const readable = files.filter((file) => readFileSync(join(file.parentPath, file.name)).includes(hidden));
  expect(readable).toEqual([]);

  await replay("--keep", "off");
  expect((await replay(requestId)).stderr).toContain(`Invocation ${requestId} of function ${FunctionName} is not kept.`);
  expect((await replay()).stdout).toContain("are not kept");
});
