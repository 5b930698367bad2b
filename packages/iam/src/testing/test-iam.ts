import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase, type Database } from "@mayfly/db";
import { rootPrincipal, type InputOf, type OperationName, type OutputOf, type Principal, type RequestContext } from "@mayfly/kernel";
import { createAuthorizer } from "../authorization/index.ts";
import { createIam, type Iam } from "../iam.ts";
import { openKeyring } from "../keyring.ts";

export const account = "123456789012";
export const allow = (Action: string, Resource = "*"): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource }] });
export const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

type Call = <O extends OperationName<"iam">>(operation: O, input: InputOf<"iam", O>) => Promise<OutputOf<"iam", O>>;

/** IAM over a real database, authorized by itself. */
export interface TestIam {
  readonly iam: Iam;
  readonly db: Database;
  /** As root. */
  readonly call: Call;
  readonly callAs: (principal: Principal) => Call;
  readonly close: () => Promise<void>;
}

export async function startTestIam(): Promise<TestIam> {
  const folder = await mkdtemp(join(tmpdir(), "mayfly-iam-"));
  const db = await openDatabase({ folder });
  const time = { nowMs: Date.parse("2026-11-23T15:00:00Z") };
  const clock = { now: () => time.nowMs++, monotonicMs: () => time.nowMs };
  const iam = createIam({ db, clock, keyring: await openKeyring(join(folder, "key")) });
  const authorizer = createAuthorizer({ directory: iam.directory, mode: "strict", clock });
  const callAs =
    (principal: Principal): Call =>
    async (operation, input) => {
      const ctx: RequestContext = {
        principal,
        requestId: "r",
        accountId: principal.accountId,
        region: "us-east-1",
        sourceIp: "127.0.0.1",
        userAgent: "test",
        secureTransport: false,
        endpoint: "http://127.0.0.1:4566",
        call: () => Promise.reject(new Error("IAM calls no other service")),
        authorize: (request) => authorizer.authorize(ctx, request),
      };
      const bound = iam.service.operation(operation);
      if (bound === undefined) throw new Error(`No ${operation}`);
      await bound.authorize(ctx, input);
      return (await bound.run(ctx, input)) as OutputOf<"iam", typeof operation>;
    };
  return {
    iam,
    db,
    callAs,
    call: callAs(rootPrincipal(account)),
    async close() {
      await db.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
