import { createHash } from "node:crypto";

/**
 * The ARN of the one version of a runtime that there is here: what this machine runs it with. On AWS it names a build of the runtime, of which there are
 * several. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-update.html
 * @param runtime AWS's identifier
 */
export const runtimeVersionArn = (region: string, runtime: string): string =>
  `arn:aws:lambda:${region}::runtime:${createHash("sha256").update(runtime).digest("hex")}`;
