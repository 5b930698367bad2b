import type { Clock } from "@mayfly/kernel";
import type { ConsoleSessions } from "./sessions/console-sessions.ts";

/** What the operations work with. */
export interface MayflyResources {
  readonly sessions: ConsoleSessions;
  readonly clock: Clock;
}
