import type { RequestHandler } from "express";
import type { AppResources } from "../app.ts";
import { isCrossSite } from "../gateway/cross-site.ts";

/** `POST /_mayfly/reset`: with `--auth open` only, empties everything. For test suites. Resets that overlap are one. */
export function resetEndpoint({ auth, reset, problem }: Pick<AppResources, "auth" | "reset" | "problem">): RequestHandler {
  let running: Promise<void> | undefined;
  return async (request, response) => {
    if (auth !== "open") {
      response.status(403).json({ message: "This server does not run with --auth open. Use `mayfly reset` on its machine instead." });
      return;
    }
    if (isCrossSite(request.headers)) {
      response.status(403).json({ message: "A web page of another site may not reset this server." });
      return;
    }
    try {
      running ??= reset().finally(() => (running = undefined));
      await running;
      response.json({ status: "ok" });
    } catch (error) {
      problem(`The reset failed: ${String(error)}`);
      response.status(500).json({ message: "The reset failed; the server's output says why." });
    }
  };
}
