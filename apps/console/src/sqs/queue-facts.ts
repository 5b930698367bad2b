/** A queue's attributes as the API has them: texts by name. */
export type QueueAttributes = Readonly<Record<string, string>>;

/** The name in a queue's URL or ARN. */
export const queueNameOf = (urlOrArn: string): string => urlOrArn.split(/[/:]/).at(-1) ?? urlOrArn;

export const isFifoName = (name: string): boolean => name.endsWith(".fifo");

/** How a queue's messages are encrypted, in words. */
export function encryptionText({ KmsMasterKeyId, SqsManagedSseEnabled }: QueueAttributes): string {
  if (KmsMasterKeyId) return "SSE-KMS";
  return SqsManagedSseEnabled === "false" ? "Off" : "SSE-SQS";
}

/** A time in an attribute: seconds since 1970. */
export const timeOf = (seconds: string | undefined): number | undefined => (seconds ? Number(seconds) * 1000 : undefined);
