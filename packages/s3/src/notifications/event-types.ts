/** What happens to objects here, by the names that notifications have. https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html */
export type ObjectEventName =
  | "ObjectCreated:Put"
  | "ObjectCreated:Post"
  | "ObjectCreated:Copy"
  | "ObjectCreated:CompleteMultipartUpload"
  | "ObjectRemoved:Delete"
  | "ObjectRemoved:DeleteMarkerCreated"
  | "LifecycleExpiration:Delete"
  | "LifecycleExpiration:DeleteMarkerCreated"
  | "ObjectTagging:Put"
  | "ObjectTagging:Delete";

/** The version of the record that an event is told with: later ones came with newer events. */
export const recordVersions: Readonly<Record<ObjectEventName, "2.1" | "2.3">> = {
  "ObjectCreated:Put": "2.1",
  "ObjectCreated:Post": "2.1",
  "ObjectCreated:Copy": "2.1",
  "ObjectCreated:CompleteMultipartUpload": "2.1",
  "ObjectRemoved:Delete": "2.1",
  "ObjectRemoved:DeleteMarkerCreated": "2.1",
  "LifecycleExpiration:Delete": "2.3",
  "LifecycleExpiration:DeleteMarkerCreated": "2.3",
  "ObjectTagging:Put": "2.3",
  "ObjectTagging:Delete": "2.3",
};

/** Events that a configuration may name: those that happen here, those that never do, and all of a kind. */
export const eventTypes: ReadonlySet<string> = new Set([
  ...Object.keys(recordVersions).map((name) => `s3:${name}`),
  "s3:ObjectCreated:*",
  "s3:ObjectRemoved:*",
  "s3:ObjectTagging:*",
  "s3:LifecycleExpiration:*",
  "s3:ReducedRedundancyLostObject",
  "s3:ObjectAcl:Put",
  "s3:ObjectRestore:*",
  "s3:ObjectRestore:Post",
  "s3:ObjectRestore:Completed",
  "s3:ObjectRestore:Delete",
  "s3:Replication:*",
  "s3:Replication:OperationFailedReplication",
  "s3:Replication:OperationNotTracked",
  "s3:Replication:OperationMissedThreshold",
  "s3:Replication:OperationReplicatedAfterThreshold",
  "s3:LifecycleTransition",
  "s3:IntelligentTiering",
]);

/** True if one of the two names includes the other: `s3:ObjectCreated:*` and `s3:ObjectCreated:Put`. */
export const eventsOverlap = (one: string, other: string): boolean => includes(one, other) || includes(other, one);

const includes = (pattern: string, name: string): boolean =>
  pattern === name || (pattern.endsWith(":*") && name.startsWith(pattern.slice(0, -1)));

/** True if a configuration that names this asks for the event. */
export const isAskedFor = (pattern: string, name: ObjectEventName): boolean => includes(pattern, `s3:${name}`);
