import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase, type Database } from "@mayfly/db";
import {
  rootPrincipal,
  type AuthorizationRequest,
  type Clock,
  type InputOf,
  type OperationName,
  type OutputOf,
  type PolicyDocument,
  type RequestContext,
  type Service,
  type ServiceName,
} from "@mayfly/kernel";

/** What a service's own tests stand on: a real database in a temporary folder, a clock that they move, and nobody else. */
export interface ServiceBed {
  readonly db: Database;
  readonly folder: string;
  /** The clock; a test may move it. */
  readonly time: { nowMs: number };
  /** What IAM was asked, in order. */
  readonly asked: AuthorizationRequest[];
  /** What every such service is made of. A failure that no caller is told of is thrown. */
  readonly given: {
    readonly db: Database;
    readonly clock: Clock;
    readonly readPolicy: (text: string) => PolicyDocument;
    readonly problem: (line: string) => void;
  };
  close(): Promise<void>;
}

/** Opens one. @param name of the service, for the folder */
export async function openServiceBed(name: string): Promise<ServiceBed> {
  const folder = await mkdtemp(join(tmpdir(), `mayfly-${name}-`));
  const db = await openDatabase({ folder, ephemeral: true });
  const time = { nowMs: Date.parse("2026-11-23T15:00:00Z") };
  return {
    db,
    folder,
    time,
    asked: [],
    given: {
      db,
      clock: { now: () => time.nowMs, monotonicMs: () => performance.now() },
      readPolicy: (text) => JSON.parse(text) as PolicyDocument,
      problem: (line) => {
        throw new Error(line);
      },
    },
    async close() {
      await db.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Calls an operation as the gateway does: as an account's root, unless the context says otherwise. IAM says yes unless it does. */
export async function callOperation<S extends ServiceName, O extends OperationName<S>>(
  service: Service,
  operation: O,
  input: InputOf<S, O>,
  { accountId = "123456789012", ...more }: Partial<RequestContext> & Pick<RequestContext, "authorize">,
): Promise<OutputOf<S, O>> {
  const ctx: RequestContext = {
    requestId: "r",
    accountId,
    region: "us-east-1",
    principal: rootPrincipal(accountId),
    sourceIp: "127.0.0.1",
    userAgent: "test",
    secureTransport: false,
    endpoint: "http://127.0.0.1:4566",
    call: () => Promise.reject(new Error("No other service is there to be called")),
    ...more,
  };
  const bound = service.operation(operation);
  if (bound === undefined) throw new Error(`No ${operation}`);
  await bound.authorize(ctx, input);
  return (await bound.run(ctx, input)) as OutputOf<S, O>;
}
