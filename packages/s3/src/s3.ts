import { createKeyLock, defineService, type Service } from "@mayfly/kernel";
import { corsHeaders, type CorsRequest } from "./buckets/cors.ts";
import { createBucketDirectory } from "./buckets/directory.ts";
import { createContentFiles } from "./objects/content-files.ts";
import { expireObjects } from "./expire.ts";
import { createNotifier } from "./notifications/notifier.ts";
import { operations } from "./operations/index.ts";
import type { S3Given, S3Resources } from "./resources.ts";

/** S3 and what it does in the background. */
export interface S3 {
  readonly service: Service;
  hasBucket(name: string): boolean;
  /** The headers by which a bucket lets a page of another origin have an answer; undefined if it does not. */
  cors(bucket: string, request: CorsRequest, isPreflight: boolean): Readonly<Record<string, string>> | undefined;
  /** Whether a bucket lets pages of some other origin have answers. */
  hasCors(bucket: string): boolean;
  /** Reads the buckets, and starts what runs in the background. */
  start(): Promise<void>;
  /** Tells what is still to be told of events; to be called when those who are told are there. */
  tellEvents(): Promise<void>;
  /** Carries the buckets' lifecycle rules out; it does so by itself, every hour. */
  expire(): Promise<void>;
  close(): Promise<void>;
}

/** Rules count in days. */
const expireIntervalMs = 3_600_000;

/** AWS's S3 over the given database. */
export function createS3(given: S3Given): S3 {
  const buckets = createBucketDirectory(given);
  const files = createContentFiles(given);
  const notifier = createNotifier(given);
  const resources: S3Resources = { ...given, buckets, files, notifier, lock: createKeyLock() };
  let sweeping: Promise<void> = Promise.resolve();
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  const expire = (): Promise<void> => {
    sweeping = sweeping
      .then(() => expireObjects(resources, () => isClosed))
      .catch((error: unknown) => given.problem(`Lifecycle rules of buckets could not be carried out: ${String(error)}`));
    return sweeping;
  };
  return {
    service: defineService("s3", operations, resources),
    hasBucket: (name) => buckets.find(name) !== undefined,
    cors(name, request, isPreflight) {
      const bucket = buckets.find(name);
      return bucket && corsHeaders(bucket, request, isPreflight);
    },
    hasCors: (name) => buckets.find(name)?.settings.cors !== undefined,
    async start() {
      await buckets.load();
      sweeping = given.db.objectFiles
        .sweep((names) => given.db.objects.unknownFiles(names))
        .catch((error: unknown) => given.problem(`Files that no object has could not be removed: ${String(error)}`));
      void expire();
      timer = setInterval(() => void expire(), expireIntervalMs);
      timer.unref();
    },
    tellEvents: () => notifier.start(),
    async expire() {
      await expire();
      await files.settled();
    },
    async close() {
      isClosed = true;
      clearInterval(timer);
      await sweeping;
      await notifier.close();
      await files.settled();
    },
  };
}
