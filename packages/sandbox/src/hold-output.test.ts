import { spawn } from "node:child_process";
import { once } from "node:events";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { holdOutput } from "./hold-output.ts";

test.each([
  ["by iteration", text],
  ["by a pipe", (stream: NodeJS.ReadableStream) => text(stream.pipe(new PassThrough()))],
  [
    "by events",
    (stream: NodeJS.ReadableStream) =>
      new Promise((resolve) => {
        let said = "";
        stream.on("data", (chunk: Buffer) => (said += chunk.toString())).on("end", () => resolve(said));
      }),
  ],
] as const)("what a process printed is there after its end, read %s", async (_how, read) => {
  const child = spawn("/bin/echo", ["hello"], { stdio: ["ignore", "pipe", "inherit"] });
  holdOutput(child.stdout);
  await once(child, "exit");
  await new Promise((resolve) => setImmediate(resolve));
  expect(await read(child.stdout)).toBe("hello\n");
});

test("what a process prints after somebody began to read is read", async () => {
  const child = spawn("/bin/cat", { stdio: ["pipe", "pipe", "inherit"] });
  holdOutput(child.stdout);
  const said = text(child.stdout);
  child.stdin.end("hello\n");
  expect(await said).toBe("hello\n");
});
