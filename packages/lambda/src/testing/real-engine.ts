import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createEngine, type Engine } from "@mayfly/engine";
import { newHex } from "@mayfly/kernel";
import { createSandboxFactory, wayOfEnvironment } from "@mayfly/sandbox";
import type { Lambda } from "../lambda.ts";

/** The real engine on this machine's sandbox, its hooks led to Lambda. */
export async function realEngine(lambda: () => Lambda, folder: string): Promise<Engine> {
  const sandboxes = await createSandboxFactory({ cgroupName: `mayfly-test-${newHex(4)}`, way: wayOfEnvironment() });
  const environments = join(folder, "sandboxes");
  const runtimesFolder = join(folder, "runtimes");
  await Promise.all([mkdir(environments, { recursive: true }), mkdir(runtimesFolder, { recursive: true })]);
  const engine = await createEngine(
    {
      folder: environments,
      runtimesFolder,
      hooks: {
        credentials: (target) => lambda().executionRoleCredentials(target),
        log: (target, logStreamName, lines) => lambda().deliverLogs(target, logStreamName, lines),
        awsConnection: (_target, socket) => socket.destroy(),
      },
    },
    sandboxes,
  );
  return {
    ...engine,
    async close(graceMs) {
      await engine.close(graceMs);
      await sandboxes.close();
    },
  };
}
