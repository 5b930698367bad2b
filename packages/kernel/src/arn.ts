/** The parts of `arn:partition:service:region:account:resource`. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  /** All after the fifth colon, colons included. */
  readonly resource: string;
}

/** Parses an ARN; undefined if the text is none. */
export function parseArn(text: string): Arn | undefined {
  const [prefix, partition, service, region, accountId, ...resource] = text.split(":");
  if (prefix !== "arn" || !partition || !service || region === undefined || accountId === undefined || resource.length === 0)
    return undefined;
  return { partition, service, region, accountId, resource: resource.join(":") };
}

/** `arn:aws:service:region:account:resource` */
export function formatArn(arn: Omit<Arn, "partition"> & { partition?: string }): string {
  return `arn:${arn.partition ?? "aws"}:${arn.service}:${arn.region}:${arn.accountId}:${arn.resource}`;
}
