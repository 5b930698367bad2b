/** A queue's attributes as the API has them: texts by name. */
export type QueueAttributes = Readonly<Record<string, string>>;

/** The name in a queue's URL or ARN. */
export const queueNameOf = (urlOrArn: string): string => urlOrArn.split(/[/:]/).at(-1) ?? urlOrArn;

export const isFifoName = (name: string): boolean => name.endsWith(".fifo");

/** What is set of a queue's encryption, in words. It is kept and not acted on. */
export function encryptionText({ KmsMasterKeyId, SqsManagedSseEnabled }: QueueAttributes): string {
  if (KmsMasterKeyId) return "SSE-KMS, not acted on";
  return SqsManagedSseEnabled === "false" ? "Off" : "SSE-SQS, not acted on";
}

/** A time in an attribute: seconds since 1970. */
export const timeOf = (seconds: string | undefined): number | undefined => (seconds ? Number(seconds) * 1000 : undefined);
