import { spawn } from "node:child_process";
import { CreateLogGroupCommand, CreateLogStreamCommand, PutLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientsFor, startServerProcess, waitFor, type Clients, type ServerProcess } from "@mayfly/testkit";
import { currentCli } from "./aws-cli.ts";

let server: ServerProcess;
let clients: Clients;
beforeAll(async () => {
  server = await startServerProcess();
  clients = clientsFor(server);
});
afterAll(async () => {
  clients.destroy();
  await server.dispose();
});

test("aws logs start-live-tail prints lines as they are written, after pasting the block", async () => {
  const { path } = await currentCli();
  const group = { logGroupName: "/cli/tail", logStreamName: "s" };
  await clients.logs.send(new CreateLogGroupCommand(group));
  await clients.logs.send(new CreateLogStreamCommand(group));
  const pasted = server.output().match(/^ *export .*$/gm) ?? [];
  const command = `exec ${path} logs start-live-tail --log-group-identifiers arn:aws:logs:us-east-1:123456789012:log-group:/cli/tail`;
  const tail = spawn("bash", ["-e", "-c", [...pasted, command].join("\n")], {
    env: { PATH: process.env["PATH"] ?? "", HOME: server.dataFolder, AWS_PAGER: "", PYTHONUNBUFFERED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  try {
    let output = "";
    for (const stream of [tail.stdout, tail.stderr]) stream.on("data", (chunk: Buffer) => void (output += chunk.toString()));
    // The session begins when the CLI is ready, which it does not say: until then what is written is not its own.
    await waitFor("the line", async () => {
      if (tail.exitCode !== null) throw new Error(output);
      await clients.logs.send(
        new PutLogEventsCommand({ ...group, logEvents: [{ timestamp: Date.now(), message: "hello from the tail" }] }),
      );
      return output.includes("hello from the tail");
    });
    expect(output).not.toMatch(/error/i);
  } finally {
    tail.kill("SIGKILL");
  }
});
