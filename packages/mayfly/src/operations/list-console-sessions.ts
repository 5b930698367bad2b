import { noConditionKeys, type InputOf, type OperationRow, type OutputOf, type Principal, type RequestContext } from "@mayfly/kernel";
import type { MayflyResources } from "../resources.ts";
import type { Session } from "../sessions/console-sessions.ts";

type Output = OutputOf<"mayfly", "ListConsoleSessions">;

async function run({ sessions }: MayflyResources, ctx: RequestContext): Promise<Output> {
  const all = await sessions.list(ctx.accountId);
  return {
    Sessions: all
      .filter((session) => maySee(ctx.principal, session))
      .map((session) => ({
        SessionId: session.id,
        Principal: session.principal.arn,
        CreatedAt: new Date(session.createdAtMs),
        ExpiresAt: new Date(session.expiresAtMs),
        LastUsedAt: new Date(session.lastUsedAtMs),
        SourceIp: session.sourceIp,
        UserAgent: session.userAgent,
        Current: session.lastIssuedKeyId !== undefined && session.lastIssuedKeyId === ctx.accessKeyId,
      })),
  };
}

/** The root user sees the account's sessions, everybody else their own. */
export const maySee = (principal: Principal, session: Session): boolean =>
  principal.kind === "root" || session.principal.userId === principal.userId;

/** Who is signed in to the console. */
export const listConsoleSessions: OperationRow<MayflyResources, InputOf<"mayfly", "ListConsoleSessions">, Output> = {
  run,
  iam: { action: "mayfly:ListConsoleSessions", resource: () => "*", conditionKeys: noConditionKeys },
};
