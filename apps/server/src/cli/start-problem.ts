import type { ServerOptions } from "../config/options.ts";
import { processListeningOn } from "../listener/process-listening-on.ts";

/** One clear line for a server that could not start. */
export function startProblem(error: unknown, options: Pick<ServerOptions, "port" | "host">): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE") {
    const pid = processListeningOn(options.port);
    const who = pid === undefined ? "another process" : `process ${pid}`;
    return `Port ${options.port} is taken by ${who}. Choose another with --port N, or --port 0 for any free one.`;
  }
  if (code === "EACCES" && (error as NodeJS.ErrnoException).syscall === "listen")
    return `This user may not listen on port ${options.port}. Choose one above 1023 with --port N.`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return `${options.host} is no address of this machine. Choose one with --host ADDR.`;
  return error instanceof Error ? error.message : String(error);
}
