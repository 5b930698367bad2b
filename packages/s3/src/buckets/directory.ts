import type { BucketRow } from "@mayfly/db";
import { noSuchBucket } from "../faults.ts";
import type { S3Given } from "../resources.ts";
import type { Bucket, BucketSettings } from "./bucket.ts";

type BucketChange = Partial<Pick<Bucket, "versioning" | "settings">>;

/** Buckets: all of them in memory. */
export interface BucketDirectory {
  load(): Promise<void>;
  find(name: string): Bucket | undefined;
  /** @throws Fault NoSuchBucket */
  get(name: string): Bucket;
  /** Of an account, by name. */
  all(): readonly Bucket[];
  /** Undefined if there is one of that name. */
  create(bucket: Pick<Bucket, "name" | "accountId" | "region" | "createdAtMs" | "settings">): Promise<Bucket | undefined>;
  change(bucket: Bucket, change: BucketChange): Promise<Bucket>;
  /** The files that nobody needs any more; undefined if it holds anything. */
  remove(bucket: Bucket): Promise<readonly string[] | undefined>;
}

/** The directory over a database. */
export function createBucketDirectory({ db, readPolicy }: Pick<S3Given, "db" | "readPolicy">): BucketDirectory {
  const byName = new Map<string, Bucket>();
  const keep = (row: BucketRow): Bucket => {
    const settings = JSON.parse(row.settings) as BucketSettings;
    const bucket = { ...row, settings, policy: settings.policy === undefined ? undefined : readPolicy(settings.policy) };
    byName.set(row.name, bucket);
    return bucket;
  };
  return {
    async load() {
      for (const row of await db.objects.buckets()) keep(row);
    },
    find: (name) => byName.get(name),
    get(name) {
      const bucket = byName.get(name);
      if (bucket === undefined) throw noSuchBucket(name);
      return bucket;
    },
    all: () => [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    async create({ settings, ...bucket }) {
      const row = { ...bucket, versioning: "" as const, settings: JSON.stringify(settings) };
      const id = await db.objects.createBucket(row);
      return id === undefined ? undefined : keep({ ...row, id });
    },
    async change(bucket, { versioning = bucket.versioning, settings = bucket.settings }) {
      const changed = { versioning, settings: JSON.stringify(settings) };
      await db.objects.changeBucket(bucket.id, changed);
      const { policy: _policy, ...rest } = bucket;
      return keep({ ...rest, ...changed });
    },
    async remove(bucket) {
      const freed = await db.objects.removeBucket(bucket.id);
      if (freed !== undefined) byName.delete(bucket.name);
      return freed;
    },
  };
}
