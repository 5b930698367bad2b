import { bucketArn, canonicalId, type Bucket } from "../buckets/bucket.ts";
import { recordVersions, type ObjectEventName } from "./event-types.ts";

/** What happened to an object. */
export interface ObjectEvent {
  readonly name: ObjectEventName;
  readonly bucket: Pick<Bucket, "name" | "region" | "accountId">;
  readonly key: string;
  /** Absent of what was removed. */
  readonly size?: number;
  readonly etag?: string;
  readonly atMs: number;
  readonly principalId: string;
  readonly sourceIp: string;
  readonly requestId: string;
}

/** What is known of an event once it is written. */
export interface Written {
  readonly sequence: number;
  /** `null` where the bucket is not versioned. */
  readonly versionId: string;
}

/** S3's second id of a request: the same for all, as in answers. */
const hostId = "TWF5Zmx5";

/** Of two events of an object the later one's is greater, compared as text. */
export const sequencerOf = (sequence: number): string => sequence.toString(16).toUpperCase().padStart(18, "0");

/** Keys are encoded as in a form: a space is a plus. Slashes stay. */
export const encodeKey = (key: string): string =>
  encodeURIComponent(key)
    .replaceAll("%20", "+")
    .replaceAll("%2F", "/")
    .replaceAll(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * What a receiver is told. Events of tags have neither size nor sequencer, as recorded.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export function eventRecord(event: ObjectEvent, configurationId: string, { sequence, versionId }: Written): object {
  const { name, bucket, key, size, etag } = event;
  const isOfTags = name.startsWith("ObjectTagging:");
  return {
    eventVersion: recordVersions[name],
    eventSource: "aws:s3",
    awsRegion: bucket.region,
    eventTime: new Date(event.atMs).toISOString(),
    eventName: name,
    userIdentity: { principalId: event.principalId },
    requestParameters: { sourceIPAddress: event.sourceIp },
    responseElements: { "x-amz-request-id": event.requestId, "x-amz-id-2": hostId },
    s3: {
      s3SchemaVersion: "1.0",
      configurationId,
      bucket: { name: bucket.name, ownerIdentity: { principalId: canonicalId(bucket.accountId) }, arn: bucketArn(bucket.name) },
      object: {
        key: encodeKey(key),
        ...(size !== undefined && !isOfTags && { size }),
        ...(etag !== undefined && { eTag: etag }),
        ...(versionId !== "null" && { versionId }),
        ...(!isOfTags && { sequencer: sequencerOf(sequence) }),
      },
    },
  };
}

/** What queues and topics are told when they are configured. */
export const testEvent = (bucket: Pick<Bucket, "name">, requestId: string, atMs: number): object => ({
  Service: "Amazon S3",
  Event: "s3:TestEvent",
  Time: new Date(atMs).toISOString(),
  Bucket: bucket.name,
  RequestId: requestId,
  HostId: hostId,
});
