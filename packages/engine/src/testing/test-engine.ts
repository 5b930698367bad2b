import { randomUUID } from "node:crypto";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createSandboxFactory, type NetworkReach, type SandboxSupport, wayOfEnvironment } from "@mayfly/sandbox";
import { createEngine } from "../engine.ts";
import type {
  CpuMode,
  Engine,
  EnvironmentCredentials,
  FunctionTarget,
  Invocation,
  InvocationResult,
  LogLine,
  StreamLimits,
} from "../types.ts";

/** An engine with real sandboxes in a folder of its own. */
export interface TestEngine {
  readonly engine: Engine;
  readonly support: SandboxSupport;
  readonly folder: string;
  /** Whether processes of Python may be copies of a zygote here. */
  readonly canCopy: boolean;
  /** Whether the kernel bounds what all sandboxes have together. */
  readonly boundsMemory: boolean;
  /** First part of the name of its control groups. */
  readonly cgroupName: string;
  /** Messages by log stream, in order. */
  readonly logs: Map<string, string[]>;
  credentials: EnvironmentCredentials;
  /** A folder with these files, e.g. for /opt. */
  folderOf(files: Readonly<Record<string, string | Buffer>>): Promise<string>;
  /** A target whose code is these files; programs and scripts among them are executable. */
  target(files: Readonly<Record<string, string | Buffer>>, options?: Partial<FunctionTarget>): Promise<FunctionTarget>;
  invoke(target: FunctionTarget, event?: unknown, options?: Partial<Invocation>): Promise<InvocationResult>;
  close(): Promise<void>;
}

const isProgram = (content: string | Buffer): boolean =>
  ["#!", "\x7fE"].includes(Buffer.from(content.slice(0, 2) as string).toString("latin1"));

/** Starts one. */
export async function startTestEngine(
  options: {
    readonly idleTimeoutMs?: number;
    readonly cpu?: CpuMode;
    readonly memoryMb?: number;
    readonly network?: NetworkReach;
    readonly awsConnection?: (socket: Socket) => void;
    readonly streamLimits?: StreamLimits;
  } = {},
): Promise<TestEngine> {
  const folder = await mkdtemp(join(tmpdir(), "mayfly-engine-"));
  await chmod(folder, 0o755);
  const logs = new Map<string, string[]>();
  const cgroupName = `mayfly-test-${randomUUID().slice(0, 8)}`;
  const sandboxes = await createSandboxFactory({
    cgroupName,
    way: wayOfEnvironment(),
    ...(options.network === undefined ? {} : { network: options.network }),
  });
  const test = {
    async folderOf(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
      const made = await mkdtemp(join(folder, "code-"));
      await chmod(made, 0o755);
      for (const [name, content] of Object.entries(files)) {
        await mkdir(dirname(join(made, name)), { recursive: true });
        await writeFile(join(made, name), content, { mode: isProgram(content) ? 0o755 : 0o644 });
      }
      return made;
    },
    credentials: { accessKeyId: "ASIATEST", secretAccessKey: "secret", sessionToken: "token", expiresAtMs: Date.now() + 3_600_000 },
  };
  const engine = await createEngine(
    {
      folder: join(folder, "environments"),
      runtimesFolder: join(folder, "runtimes"),
      ...(options.idleTimeoutMs === undefined ? {} : { idleTimeoutMs: options.idleTimeoutMs }),
      ...(options.memoryMb === undefined ? {} : { memoryMb: options.memoryMb }),
      ...(options.cpu === undefined ? {} : { cpu: options.cpu }),
      ...(options.streamLimits === undefined ? {} : { streamLimits: options.streamLimits }),
      hooks: {
        credentials: async () => test.credentials,
        log(_target, stream, lines: readonly LogLine[]) {
          const known = logs.get(stream) ?? [];
          logs.set(stream, known);
          for (const { message } of lines) known.push(message);
        },
        awsConnection: (_target, socket) => (options.awsConnection ?? (() => socket.destroy()))(socket),
      },
    },
    sandboxes,
  );
  return Object.assign(test, {
    engine,
    support: sandboxes.support,
    folder,
    cgroupName,
    canCopy: sandboxes.canCopy,
    boundsMemory: sandboxes.support.mechanisms.some(({ name, available }) => name.startsWith("memory and process limits") && available),
    logs,
    async target(files: Readonly<Record<string, string | Buffer>>, own: Partial<FunctionTarget> = {}): Promise<FunctionTarget> {
      const codeFolder = await test.folderOf(files);
      const node = Object.keys(files).some((name) => /\.[cm]?js$/.test(name));
      return {
        id: randomUUID(),
        functionName: "hello",
        functionVersion: "$LATEST",
        accountId: "123456789012",
        region: "us-east-1",
        runtime: node ? "nodejs24.x" : "python3.11",
        handler: "index.handler",
        codeFolder,
        memorySizeMb: 128,
        timeoutMs: 5_000,
        ephemeralStorageMb: 512,
        environment: {},
        logGroupName: "/aws/lambda/hello",
        logFormat: "Text",
        applicationLogLevel: "INFO",
        systemLogLevel: "INFO",
        architecture: process.arch === "arm64" ? "arm64" : "x86_64",
        ...own,
      } satisfies FunctionTarget;
    },
    invoke: (target: FunctionTarget, event: unknown = {}, own: Partial<Invocation> = {}) =>
      engine.invoke(target, {
        requestId: randomUUID(),
        invokedFunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:hello",
        payload: Buffer.from(JSON.stringify(event)),
        traceId: "Root=1-00000000-000000000000000000000000;Parent=0000000000000000;Sampled=0",
        ...own,
      }),
    async close() {
      await engine.close(0);
      await sandboxes.close();
      await rm(folder, { recursive: true, force: true });
    },
  });
}

/** The payload as JSON. */
export const answer = (result: InvocationResult): unknown => JSON.parse(result.payload.toString());
