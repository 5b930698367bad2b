import { Fault, noConditionKeys, type Checked, type InputOf, type OperationRow, type RequestContext } from "@mayfly/kernel";
import type { MayflyResources } from "../resources.ts";
import { maySee } from "./list-console-sessions.ts";

type Input = InputOf<"mayfly", "DeleteConsoleSession">;

async function run({ sessions }: MayflyResources, ctx: RequestContext, { SessionId }: Checked<Input>): Promise<Record<never, never>> {
  const session = (await sessions.list(ctx.accountId)).find(({ id }) => id === SessionId);
  if (session === undefined || !maySee(ctx.principal, session)) {
    throw new Fault("ResourceNotFoundException", `There is no console session ${SessionId}.`);
  }
  await sessions.end(SessionId);
  return {};
}

/** Ends a session of the console. Credentials that its page holds live on for up to 15 minutes. */
export const deleteConsoleSession: OperationRow<MayflyResources, Input, Record<never, never>> = {
  run,
  iam: { action: "mayfly:DeleteConsoleSession", resource: () => "*", conditionKeys: noConditionKeys },
};
