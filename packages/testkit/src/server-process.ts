import { execFile, spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const serverMain = fileURLToPath(new URL("../../../apps/server/src/main.mjs", import.meta.url));

/** Longest that a server may take until it says that it is ready. Milliseconds. */
const readyTimeoutMs = 30_000;

/** A Mayfly server in a process of its own, as a user starts it. */
export interface ServerProcess {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly dataFolder: string;
  readonly pid: number;
  /** The root access key of DATA/credentials. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** A new link that signs the root user in to the console once, as `mayfly signin` prints it. */
  signinUrl(): Promise<string>;
  /** All that it has printed so far, both streams. */
  output(): string;
  /** SIGTERM, then waits for its end; answers the exit code. Keeps the data folder unless this process made it. */
  stop(): Promise<number | null>;
  /** SIGKILL, then waits for its end. */
  kill(): Promise<void>;
  /** Ends it if it still runs and removes the data folder. */
  dispose(): Promise<void>;
}

/** How to start it. */
export interface ServerProcessOptions {
  /** Default: a new temporary folder. */
  readonly dataFolder?: string;
  /** Further arguments of `mayfly start`. */
  readonly arguments?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts a server on a free port. @throws Error with its output if it does not become ready */
export async function startServerProcess(options: ServerProcessOptions = {}): Promise<ServerProcess> {
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), "mayfly-test-"));
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", serverMain, "start", "--port", "0", "--data", dataFolder, ...(options.arguments ?? [])],
    {
      stdio: ["ignore", "pipe", "pipe"],
      // What a function in a test tries must not leave the machine, and no test that is not about it should change the machine's network.
      env: { ...process.env, MAYFLY_FUNCTION_NETWORK: "none", ...options.environment },
    },
  );
  let output = "";
  const onOutput = (chunk: Buffer): void => void (output += chunk.toString());
  child.stdout.on("data", onOutput);
  child.stderr.on("data", onOutput);
  const exited = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  const url = await readyUrl(child, exited, () => output);
  return {
    url,
    dataFolder,
    pid: child.pid ?? -1,
    credentials: readCredentials(dataFolder),
    signinUrl: () => newSigninUrl(dataFolder),
    output: () => output,
    stop: () => end(child, "SIGTERM", exited),
    kill: async () => void (await end(child, "SIGKILL", exited)),
    dispose: async () => {
      await end(child, "SIGTERM", exited);
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

async function newSigninUrl(dataFolder: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--disable-warning=ExperimentalWarning",
    serverMain,
    "signin",
    "--data",
    dataFolder,
  ]);
  const url = /^http\S+$/m.exec(stdout)?.[0];
  if (url === undefined) throw new Error(`mayfly signin printed no link:\n${stdout}`);
  return url;
}

function readyUrl(child: ChildProcess, exited: Promise<number | null>, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The server was not ready after ${readyTimeoutMs} ms:\n${output()}`)), readyTimeoutMs);
    const look = (): void => {
      const found = /Mayfly is ready at (http:\S+)\n[\s\S]*\nFunctions may run as/.exec(output());
      if (!found?.[1]) return;
      clearTimeout(timer);
      resolve(found[1]);
    };
    child.stdout?.on("data", look);
    void exited.then((code) => {
      clearTimeout(timer);
      reject(new Error(`The server ended with ${code}:\n${output()}`));
    });
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals, exited: Promise<number | null>): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  return exited;
}

/** The `mayfly` profile of an AWS credentials file. */
export function readCredentials(dataFolder: string): { accessKeyId: string; secretAccessKey: string } {
  const text = readFileSync(join(dataFolder, "credentials"), "utf8");
  const value = (name: string): string => {
    const found = new RegExp(`^${name} = (\\S+)$`, "m").exec(text);
    if (!found?.[1]) throw new Error(`DATA/credentials has no ${name}.`);
    return found[1];
  };
  return { accessKeyId: value("aws_access_key_id"), secretAccessKey: value("aws_secret_access_key") };
}
