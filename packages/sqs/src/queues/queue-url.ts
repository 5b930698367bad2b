import { invalidAddress } from "../faults.ts";
import type { QueueKey, Scope } from "./queue.ts";

const accountNumber = /^\d{12}$/;

/**
 * The queue that a URL names, whatever its host is: `http://HOST/ACCOUNT/NAME`, `https://sqs.REGION.amazonaws.com/ACCOUNT/NAME`,
 * `ACCOUNT/NAME`, or a bare name, which is the caller's own. The region is that of the request's signature.
 * @throws Fault InvalidAddress
 */
export function queueKeyOfUrl({ accountId, region }: Scope, url: string): QueueKey {
  const path = /^https?:\/\/[^/]+(\/.*)?$/i.exec(url)?.[1] ?? (url.includes("://") ? "" : url);
  const segments = path.split("/").filter((segment) => segment !== "");
  const queueName = segments.at(-1);
  const owner = segments.at(-2);
  if (queueName === undefined || !/^[\w.-]+$/.test(queueName)) throw invalidAddress(url);
  if (owner !== undefined && !accountNumber.test(owner)) throw invalidAddress(url);
  return { accountId: owner ?? accountId, region, queueName };
}
