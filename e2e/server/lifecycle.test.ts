import { execFile, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import {
  CreateFunctionCommand,
  GetFunctionCommand,
  InvokeCommand,
  waitUntilFunctionActiveV2,
  type LambdaClient,
} from "@aws-sdk/client-lambda";
import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { clientsFor, processesWithEnvironment, readCredentials, startServerProcess, zipOf, type ServerProcess } from "@mayfly/testkit";

const execute = promisify(execFile);
const mayflyBin = fileURLToPath(new URL("../../apps/server/bin/mayfly.mjs", import.meta.url));

let folder: string;
const servers: ServerProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mayfly-lifecycle-"));
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.dispose();
  rmSync(folder, { recursive: true, force: true });
});

async function start(...options: Parameters<typeof startServerProcess>): Promise<ServerProcess> {
  const server = await startServerProcess(...options);
  servers.push(server);
  return server;
}

/** Runs the command line; answers what it printed and its exit code. */
async function mayfly(
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  const options = { cwd: folder, env: { ...process.env, ...environment }, timeout: 20_000 };
  return execute(process.execPath, [mayflyBin, ...args], options).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({ code: error.code, stdout: error.stdout, stderr: error.stderr }),
  );
}

const answering = "def handler(e, c):\n    return 'kept'\n";

/** With an extension, so that it is told of its end, and may say something. */
const sayingGoodbye = `
import http.client, json, os, signal, threading, time
def call(method, path, headers):
    api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    api.request(method, "/2020-01-01/extension/" + path, '{"events":[]}', headers)
    return api.getresponse()
identifier = "Lambda-Extension-Identifier"
id = call("POST", "register", {"Lambda-Extension-Name": "x"}).headers[identifier]
threading.Thread(target=lambda: call("GET", "event/next", {identifier: id}), daemon=True).start()
def bye(*_):
    time.sleep(0.2)
    print("goodbye", flush=True)
    os._exit(0)
signal.signal(signal.SIGTERM, bye)
${answering}`;

async function deploy(lambda: LambdaClient, FunctionName: string, Variables: Record<string, string> = {}, code = answering): Promise<void> {
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: "python3.9",
      Role: "arn:aws:iam::123456789012:role/execution_role",
      Handler: "main.handler",
      Code: { ZipFile: await zipOf({ "main.py": code }) },
      Environment: { Variables },
    }),
  );
  await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 20, minDelay: 0.02, maxDelay: 0.2 }, { FunctionName });
}

describe("starting", () => {
  test("the data folder is the user's alone, and its credentials too", async () => {
    const data = join(folder, "data");
    await start({ dataFolder: data });
    expect(statSync(data).mode & 0o777).toBe(0o700);
    expect(statSync(join(data, "credentials")).mode & 0o777).toBe(0o600);
    expect(statSync(join(data, "key")).mode & 0o777).toBe(0o600);
  });

  test("health tells strangers that it answers, and the version; no more", async () => {
    const server = await start({ dataFolder: folder });
    const response = await fetch(`${server.url}/_mayfly/health`);
    expect(await response.json()).toEqual({ status: "ok", version: "0.1.0" });
  });

  test("a Host of somebody else's is refused on loopback", async () => {
    const server = await start({ dataFolder: folder });
    const { stdout } = await execute(process.execPath, [
      "-e",
      `require("node:http").get(${JSON.stringify(`${server.url}/_mayfly/health`)}, { headers: { host: "evil.example" } }, (r) => { console.log(r.statusCode); r.resume(); })`,
    ]);
    expect(stdout.trim()).toBe("403");
  });

  test("options can come from the environment", async () => {
    const data = join(folder, "from-environment");
    const child = spawn(process.execPath, [mayflyBin, "start"], {
      env: { ...process.env, MAYFLY_PORT: "0", MAYFLY_DATA: data, MAYFLY_ACCOUNT: "000000000007" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    for await (const chunk of child.stdout) {
      output += String(chunk);
      if (output.includes("Ctrl+C ends")) break;
    }
    const exited = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await exited;
    expect(output).toContain("arn:aws:iam::000000000007:role/execution_role");
    expect(existsSync(join(data, "credentials"))).toBe(true);
  });
});

describe("what stands in the way is said in one line", () => {
  test("a second server on the same folder", async () => {
    const server = await start({ dataFolder: folder });
    const second = await mayfly(["start", "--port", "0", "--data", folder]);
    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(new RegExp(`^Another Mayfly \\(process ${server.pid}\\) uses the data folder .+\\n$`));
  });

  test("a taken port, and by whom", async () => {
    const server = await start({ dataFolder: folder });
    const { port } = new URL(server.url);
    const second = await mayfly(["start", "--port", port, "--data", join(folder, "other")]);
    expect(second.code).toBe(1);
    expect(second.stderr).toBe(
      `Port ${port} is taken by process ${server.pid}. Choose another with --port N, or --port 0 for any free one.\n`,
    );
  });

  test("a data folder of a newer Mayfly", async () => {
    writeFileSync(join(folder, "version"), "9999\n");
    const { code, stderr } = await mayfly(["start", "--port", "0", "--data", folder]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The data folder .+ has version 9999, written by a newer Mayfly; this one knows versions up to \d+\. .+\n$/);
  });

  test("a file where the folder should be", async () => {
    writeFileSync(join(folder, "file"), "");
    const { code, stderr } = await mayfly(["start", "--port", "0", "--data", join(folder, "file")]);
    expect(code).toBe(1);
    expect(stderr.trim().split("\n").length).toBe(1);
    expect(stderr).toContain(join(folder, "file"));
  });

  test("a folder that can't be made or written", async () => {
    const { code, stderr } = await mayfly(["start", "--port", "0", "--data", "/proc/mayfly"]);
    expect(code).toBe(1);
    expect(stderr).toBe(
      "The data folder /proc/mayfly can't be written by this user. Mend its permissions, or choose another with --data DIR.\n",
    );
  });

  test("a full disk", async () => {
    const disk = join(folder, "disk");
    mkdirSync(disk);
    // A file system of its own, as small as can be; unprivileged users get one in a namespace of theirs.
    const script = `mount -t tmpfs -o size=200k tmpfs ${disk} && exec ${process.execPath} ${mayflyBin} start --port 0 --data ${join(disk, "data")}`;
    const failed = await execute("unshare", ["--user", "--map-root-user", "--mount", "sh", "-c", script]).catch(
      (error: { code: number; stderr: string }) => error,
    );
    expect(failed).toMatchObject({
      code: 1,
      stderr: `The disk that holds ${join(disk, "data")} is full. Make room, or choose another folder with --data DIR.\n`,
    });
  });

  test("an ephemeral server would remove somebody's folder", async () => {
    writeFileSync(join(folder, "mine"), "");
    const { code, stderr } = await mayfly(["start", "--port", "0", "--ephemeral", "--data", folder]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/is not empty, and --ephemeral would remove it/);
    expect(readdirSync(folder)).toEqual(["mine"]);
  });

  test("options that make no sense", async () => {
    expect((await mayfly(["start", "--port", "99999"])).stderr).toContain("It must be a number from 0 to 65535.");
    expect((await mayfly(["start", "--auth", "maybe"])).stderr).toContain("Allowed choices are strict, open.");
  });
});

describe("ending", () => {
  test.each(["SIGTERM", "SIGINT"] as const)("%s ends it in under 3 s and leaves nothing running", async (signal) => {
    const mark = `mark-${process.pid}-${signal}`;
    const server = await start({ dataFolder: folder });
    const clients = clientsFor(server);
    await deploy(clients.lambda, "warm", { MARK: mark });
    await clients.lambda.send(new InvokeCommand({ FunctionName: "warm" }));
    expect(processesWithEnvironment(`MARK=${mark}`).length).toBeGreaterThan(0);
    const started = performance.now();
    process.kill(server.pid, signal);
    expect(await server.stop()).toBe(0);
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(processesWithEnvironment(`MARK=${mark}`)).toEqual([]);
    clients.destroy();
  });

  test("an ephemeral server's data is gone at its end", async () => {
    const data = join(folder, "gone");
    const server = await start({ dataFolder: data, arguments: ["--ephemeral"] });
    expect(existsSync(join(data, "credentials"))).toBe(true);
    await server.stop();
    expect(existsSync(data)).toBe(false);
  });

  test("a restart finds the function, the credentials and the role again", async () => {
    const first = await start({ dataFolder: folder });
    const before = clientsFor(first);
    await deploy(before.lambda, "kept");
    before.destroy();
    await first.stop();
    const second = await start({ dataFolder: folder });
    expect(second.credentials).toEqual(first.credentials);
    const after = clientsFor(second);
    const answer = await after.lambda.send(new InvokeCommand({ FunctionName: "kept" }));
    expect(Buffer.from(answer.Payload ?? []).toString()).toBe('"kept"');
    after.destroy();
  });
});

test("what a function says when the server ends is kept", async () => {
  const first = await start({ dataFolder: folder });
  const { lambda } = clientsFor(first);
  await deploy(lambda, "leaving", {}, sayingGoodbye);
  await lambda.send(new InvokeCommand({ FunctionName: "leaving" }));
  expect(await first.stop()).toBe(0);
  const { logs } = clientsFor(await start({ dataFolder: folder }));
  const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: "/aws/lambda/leaving" }));
  expect(events.map(({ message }) => message)).toContain("goodbye\n");
});

// Ten processes are started, one after the other.
test("a backup of a running server restores into an empty folder; reset empties one", { timeout: 120_000 }, async () => {
  const server = await start({ dataFolder: join(folder, "data") });
  const clients = clientsFor(server);
  await deploy(clients.lambda, "saved");
  const file = join(folder, "backup.tar.gz");
  expect(await mayfly(["backup", file, "--data", server.dataFolder])).toMatchObject({ code: 0 });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  clients.destroy();

  const restored = join(folder, "restored");
  expect(await mayfly(["restore", file, "--data", restored])).toMatchObject({ code: 0 });
  const second = await start({ dataFolder: restored });
  expect(readCredentials(restored)).toEqual(server.credentials);
  const again = clientsFor(second);
  expect((await again.lambda.send(new GetFunctionCommand({ FunctionName: "saved" }))).Configuration?.State).toBe("Active");
  const answer = await again.lambda.send(new InvokeCommand({ FunctionName: "saved" }));
  expect(Buffer.from(answer.Payload ?? []).toString()).toBe('"kept"');
  again.destroy();

  expect(await mayfly(["restore", file, "--data", restored])).toMatchObject({ code: 1, stderr: expect.stringContaining("is not empty") });
  expect(await mayfly(["reset", "--yes", "--data", restored])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`process ${second.pid}`),
  });
  await second.stop();
  expect(await mayfly(["reset", "--yes", "--data", restored])).toMatchObject({ code: 0 });
  expect(existsSync(restored)).toBe(false);
  expect(await mayfly(["restore", join(folder, "nothing"), "--data", restored])).toMatchObject({ code: 1 });
  expect(existsSync(restored)).toBe(false);
});

test("doctor and runtimes print what this machine gives", async () => {
  const doctor = await mayfly(["doctor"]);
  expect(doctor.stdout).toMatch(/^Isolation: (full|reduced)\n/);
  expect(doctor.stdout).toMatch(/\nnodejs24\.x +24\.\d+\.\d+ at /);
  const runtimes = await mayfly(["runtimes"]);
  expect(runtimes.stdout).toMatch(/\npython3\.\d+ +3\.\d+\.\d+ at /);
  expect(readFileSync(mayflyBin, "utf8")).toContain("#!/usr/bin/env node");
});
