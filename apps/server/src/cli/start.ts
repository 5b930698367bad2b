import type { ServerOptions } from "../config/options.ts";
import { startServer, type RunningServer } from "../server.ts";
import { startProblem } from "./start-problem.ts";
import { pasteBlock } from "./paste-block.ts";

/** After this long the process ends even if something still hangs. Milliseconds. */
const forcedExitAfterMs = 2_800;

/** `mayfly start`: runs the server until a signal ends it. Answers the exit code. */
export async function runStart(options: ServerOptions): Promise<number> {
  const launchedAtMs = Number(process.env["MAYFLY_LAUNCHED_AT_MS"] ?? Date.now() - process.uptime() * 1000);
  delete process.env["MAYFLY_LAUNCHED_AT_MS"];
  // From the very start: whoever sees the server ready may end it at once.
  const ended = endSignal();
  let server: RunningServer;
  try {
    server = await startServer(options, { print: (line) => console.log(line), problem: (line) => console.error(line) });
  } catch (error) {
    console.error(startProblem(error, options));
    return 1;
  }
  console.log(`Mayfly is ready at ${server.url}`);
  console.log(`  total            ${((Date.now() - launchedAtMs) / 1000).toFixed(1)} s`);
  const { lacking } = server.network;
  if (lacking !== undefined) console.log(`  functions reach no network: ${lacking}`);
  if (server.isolationWarning !== undefined) console.log(`  ${server.isolationWarning}`);
  console.log(pasteBlock(server, options));
  await ended;
  setTimeout(() => process.exit(1), forcedExitAfterMs).unref();
  await server.close();
  return 0;
}

function endSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => resolve(signal));
  });
}
