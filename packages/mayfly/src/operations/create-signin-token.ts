import { noConditionKeys, type InputOf, type OperationRow, type OutputOf, type RequestContext } from "@mayfly/kernel";
import type { MayflyResources } from "../resources.ts";

/** Keys that IAM keeps; others belong to temporary credentials. */
const longLivedKey = /^AKIA/;

async function run({ sessions }: MayflyResources, ctx: RequestContext): Promise<OutputOf<"mayfly", "CreateSigninToken">> {
  const accessKeyId = ctx.accessKeyId !== undefined && longLivedKey.test(ctx.accessKeyId) ? ctx.accessKeyId : undefined;
  const { token, expiresAtMs } = await sessions.createToken(ctx.principal, accessKeyId);
  // In the fragment, which no browser sends: it is in no server's log and in no Referer.
  return { SigninToken: token, SigninUrl: `${ctx.endpoint}/console/signin#token=${token}`, ExpiresAt: new Date(expiresAtMs) };
}

/** Gives the caller nothing that it has not, so it needs no permission. */
export const createSigninToken: OperationRow<
  MayflyResources,
  InputOf<"mayfly", "CreateSigninToken">,
  OutputOf<"mayfly", "CreateSigninToken">
> = {
  run,
  iam: { action: "mayfly:CreateSigninToken", resource: () => "*", conditionKeys: noConditionKeys, noPermissionNeeded: true },
};
