import { isServiceName } from "../services/service-rows.ts";

/** `BUCKET.s3.REGION.HOST`, `BUCKET.s3-REGION.HOST`, `BUCKET.s3.HOST`; without a bucket it is the service's own name. */
const serviceHost = /^(?:(.+)\.)?s3(?:-[a-z0-9-]+)?\..+$/;

/** Whether a Host says that the request is S3's: it has the label `s3`. */
export const isBucketHost = (host: string | undefined): boolean => host !== undefined && serviceHost.test(nameOf(host));

/**
 * The bucket that a Host names; undefined if the path does.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export function bucketOfHost(host: string | undefined): string | undefined {
  const name = nameOf(host ?? "");
  const inServiceHost = serviceHost.exec(name);
  if (inServiceHost !== null) return inServiceHost[1];
  const bucket = /^(.+)\.localhost$/.exec(name)?.[1];
  return bucket === undefined || isServiceName(bucket.split(".", 1)[0] as string) || isNobodys.has(bucket) ? undefined : bucket;
}

/** Names that SDKs make up. */
const isNobodys: ReadonlySet<string> = new Set(["console", "api"]);

const nameOf = (host: string): string => host.toLowerCase().replace(/:\d{1,5}$/, "");
