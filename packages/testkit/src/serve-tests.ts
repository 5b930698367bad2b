import { afterAll, beforeAll } from "vitest";
import { clientsFor, type Clients } from "./clients.ts";
import { startServerProcess, type ServerProcess, type ServerProcessOptions } from "./server-process.ts";

/** The server of a file of tests. Its parts are always those of the process that runs now. */
export interface ServedTests {
  readonly server: ServerProcess;
  /** As the root user. */
  readonly clients: Clients;
  /** Starts it anew over the same data, after it was stopped or killed. @param more arguments of `mayfly start` */
  restart(more?: readonly string[]): Promise<void>;
}

/** What `current` answers at each use. */
const live = <T extends object>(current: () => T): T => new Proxy({} as T, { get: (_, name) => Reflect.get(current(), name) as unknown });

/** Starts a server before the tests of the file that calls this, and removes it after them. */
export function serveTests(options: ServerProcessOptions = {}): ServedTests {
  let server: ServerProcess;
  let clients: Clients;
  const start = async (how: ServerProcessOptions): Promise<void> => {
    server = await startServerProcess(how);
    clients = clientsFor(server);
  };
  beforeAll(() => start(options));
  afterAll(async () => {
    clients.destroy();
    await server.dispose();
  });
  return {
    server: live(() => server),
    clients: live(() => clients),
    async restart(more = []) {
      clients.destroy();
      const { dataFolder } = server;
      await start({ ...options, dataFolder, arguments: [...(options.arguments ?? []), ...more] });
    },
  };
}
