// A worker as a process of its own: `node worker-main.ts SOCKET OPTIONS`. Connects to the front's Unix socket, runs functions as it says, and ends when the
// connection does. OPTIONS is JSON, see WorkerOptions.
import { connect, type Socket } from "node:net";
import { createSandboxFactory, wayOfEnvironment } from "@mayfly/sandbox";
import { createEngine } from "../engine.ts";
import type { EngineOptions } from "../types.ts";
import { serveEngine } from "./serve-engine.ts";

/** How a worker is set up. */
export interface WorkerOptions extends Omit<EngineOptions, "hooks"> {
  /** First part of the names of this worker's control groups. */
  readonly cgroupName: string;
  /** Where functions' calls to AWS_ENDPOINT_URL are led: the front's own port. */
  readonly awsEndpoint: { readonly host: string; readonly port: number };
}

/** Joins a connection from inside a sandbox with one to the front; requests on it say themselves, by their signature, whose they are. */
function leadTo({ host, port }: WorkerOptions["awsEndpoint"], inside: Socket): void {
  const outside = connect({ host, port, noDelay: true });
  inside.pipe(outside).pipe(inside);
  for (const [one, other] of [
    [inside, outside],
    [outside, inside],
  ] as const)
    one.on("error", () => other.destroy()).on("close", () => other.destroy());
}

const [socketPath = "", optionsText = "{}"] = process.argv.slice(2);
const { cgroupName, awsEndpoint, ...options } = JSON.parse(optionsText) as WorkerOptions;
const sandboxes = await createSandboxFactory({ cgroupName, way: wayOfEnvironment() });
await sandboxes.sweep();
const front = connect(socketPath);
await serveEngine(front, (hooks) =>
  createEngine({ ...options, hooks: { ...hooks, awsConnection: (_target, socket) => leadTo(awsEndpoint, socket) } }, sandboxes),
);
await sandboxes.close();
process.exit();
