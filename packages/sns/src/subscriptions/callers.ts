import { AccessDenied, type RequestContext } from "@mayfly/kernel";
import type { Topic } from "../topics/topic.ts";
import type { Subscription } from "./subscription.ts";

/** Whether a request came by a link of a message, without a signature. */
export const isByLink = ({ accessKeyId, principal }: Pick<RequestContext, "accessKeyId" | "principal">): boolean =>
  accessKeyId === undefined && (principal.kind === "anonymous" || principal.kind === "root");

/** A subscription is its owner's and the topic owner's business alone. @throws AccessDenied */
export function checkOwner(ctx: RequestContext, action: string, topic: Topic, { ownerId, subscriptionArn }: Subscription): void {
  if (ctx.accountId === ownerId || ctx.accountId === topic.accountId) return;
  throw new AccessDenied(`User: ${ctx.principal.arn} is not authorized to perform: ${action} on resource: ${subscriptionArn}`);
}
