import { createKeyLock, defineService, type Service } from "@mayfly/kernel";
import { createBucketDirectory } from "./buckets/directory.ts";
import { createContentFiles } from "./objects/content-files.ts";
import { operations } from "./operations/index.ts";
import type { S3Given, S3Resources } from "./resources.ts";

/** S3 and what it does in the background. */
export interface S3 {
  readonly service: Service;
  /** Reads the buckets, and starts what runs in the background. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** AWS's S3 over the given database. */
export function createS3(given: S3Given): S3 {
  const buckets = createBucketDirectory(given);
  const files = createContentFiles(given);
  const resources: S3Resources = { ...given, buckets, files, lock: createKeyLock() };
  let sweeping: Promise<void> = Promise.resolve();
  return {
    service: defineService("s3", operations, resources),
    async start() {
      await buckets.load();
      sweeping = given.db.objectFiles
        .sweep((names) => given.db.objects.unknownFiles(names))
        .catch((error: unknown) => given.problem(`Files that no object has could not be removed: ${String(error)}`));
    },
    async close() {
      await sweeping;
      await files.settled();
    },
  };
}
