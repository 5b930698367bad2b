import type { EngineHooks } from "@mayfly/engine";
import type { Listener } from "../listener/listener.ts";
import type { World } from "./world.ts";

/** What the engine asks of its surroundings, answered by the services as they are at that moment. */
export function engineHooks(world: () => World, listener: Listener): EngineHooks {
  return {
    credentials: (target) => world().lambda.executionRoleCredentials(target),
    log: (target, logStreamName, lines) => world().lambda.deliverLogs(target, logStreamName, lines),
    awsConnection: ({ accountId, region, functionName }, socket) => listener.adopt(socket, `${accountId}:${region}:${functionName}`),
  };
}
