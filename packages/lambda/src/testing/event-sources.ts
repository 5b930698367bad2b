import { AccessDenied, type Identity } from "@mayfly/kernel";
import type { EventSourceDirectory, EventSourceFacts } from "../event-source-mappings/event-source-directory.ts";

/** Sources by ARN; those that a role may not read, and which roles asked. */
export interface TestEventSources extends EventSourceDirectory {
  readonly sources: Map<string, Partial<EventSourceFacts["sqs"]>>;
  readonly closed: Set<string>;
  readonly askers: Identity[];
}

/** A directory that a test fills. */
export function testEventSources(): TestEventSources {
  const sources: TestEventSources["sources"] = new Map();
  const closed = new Set<string>();
  const askers: Identity[] = [];
  const look = (arn: string, role: Identity): Partial<EventSourceFacts["sqs"]> | undefined => {
    askers.push(role);
    if (closed.has(arn)) throw new AccessDenied("The test's role may not");
    return sources.get(arn);
  };
  return {
    sources,
    closed,
    askers,
    async find(_kind, arn, role) {
      const facts = look(arn, role);
      return facts && { isFifo: arn.endsWith(".fifo"), visibilityTimeoutSeconds: 30, ...facts };
    },
    async isDestination(arn, role) {
      return look(arn, role) !== undefined;
    },
  };
}
