import { startServerProcess, clientsFor } from "@mayfly/testkit";
import { createFunction, invokePath } from "../functions.ts";
import type { Contestant } from "./contestant.ts";

/** Mayfly, measured as the others are. */
export const mayfly: Contestant = {
  name: "Mayfly",
  languages: ["nodejs", "python"],
  prepare: async () => {},
  async start(_bench, folder) {
    const server = await startServerProcess({ dataFolder: folder });
    const clients = clientsFor(server);
    const signAs = { ...server.credentials, region: "us-east-1", service: "lambda" };
    return {
      pid: server.pid,
      deploy: async ({ runtime }, program) => ({
        url: server.url,
        signAs,
        path: invokePath(await createFunction(clients.lambda, "rival", runtime, program)),
      }),
      async stop() {
        clients.destroy();
        await server.stop();
      },
    };
  },
};
