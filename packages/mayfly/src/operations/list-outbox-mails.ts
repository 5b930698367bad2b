import { Fault, readPage, type Checked, type InputOf, type OperationRow, type OutputOf, type RequestContext } from "@mayfly/kernel";
import { mayflyLimits } from "../limits.ts";
import type { MayflyResources, SentMail } from "../resources.ts";

type Input = InputOf<"mayfly", "ListOutboxMails">;
type Output = OutputOf<"mayfly", "ListOutboxMails">;

async function run({ outbox }: MayflyResources, ctx: RequestContext, input: Checked<Input>): Promise<Output> {
  const { items, next } = await readPage(
    {
      list: "ListOutboxMails",
      token: input.Marker === "" ? undefined : input.Marker,
      count: Math.min(input.MaxItems ?? mayflyLimits.mailPageCount, mayflyLimits.mailPageCount),
      keyOf: ({ id }: Pick<SentMail, "id">) => id,
      refusal: () => new Fault("ValidationException", "The provided Marker is invalid."),
    },
    (before: number | undefined, count) => outbox.list(ctx, before, count),
  );
  return { Mails: items.map(shape), ...(next !== undefined && { NextMarker: next }) };
}

const shape = ({ sentAtMs, confirmUrl, unsubscribeUrl, ...mail }: SentMail): Output["Mails"][number] => ({
  MailId: String(mail.id),
  SentAt: new Date(sentAtMs),
  From: mail.from,
  To: mail.to,
  Subject: mail.subject,
  Text: mail.text,
  Kind: mail.kind,
  MessageId: mail.messageId,
  TopicArn: mail.topicArn,
  SubscriptionArn: mail.subscriptionArn,
  ...(confirmUrl !== undefined && { ConfirmUrl: confirmUrl }),
  ...(unsubscribeUrl !== undefined && { UnsubscribeUrl: unsubscribeUrl }),
});

/** See `MayflyOperations` of @mayfly/wire/mayfly. */
export const listOutboxMails: OperationRow<MayflyResources, Input, Output> = {
  run,
  iam: { action: "mayfly:ListOutboxMails", resource: () => "*", conditionKeys: () => ({}) },
};
