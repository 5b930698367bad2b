import type { Database } from "@mayfly/db";
import type { Clock, InputOf, KeyLock, OperationName, OperationRow, OutputOf, PolicyDocument } from "@mayfly/kernel";

import type { S3Operations } from "@mayfly/wire/s3";
import type { BucketDirectory } from "./buckets/directory.ts";
import type { ContentFiles } from "./objects/content-files.ts";

/** What S3 is made of. */
export interface S3Given {
  readonly db: Database;
  readonly clock: Clock;
  /** Reads a bucket's policy, holding it to the grammar. @throws Fault */
  readonly readPolicy: (text: string) => PolicyDocument;
  /** Takes a line about a failure that no caller is told of. */
  readonly problem: (line: string) => void;
}

/** What its operations work with. */
export interface S3Resources extends S3Given {
  readonly buckets: BucketDirectory;
  readonly files: ContentFiles;
  /** Changes of one bucket's settings come one after the other. */
  readonly lock: KeyLock;
}

/** A row of the service's table. */
export type S3Operation<O extends OperationName<"s3"> & keyof S3Operations> = OperationRow<
  S3Resources,
  InputOf<"s3", O>,
  OutputOf<"s3", O>
>;
