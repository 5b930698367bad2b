import { send } from "../../api/send.ts";
import type { Failure } from "../../app/flash.tsx";
import type { Entry } from "./entry.ts";
import { objectsUnder, versionsUnder } from "./listing.ts";

/** What became of a deletion of many. */
export interface Removed {
  readonly count: number;
  readonly failures: readonly Failure[];
}

/** DeleteObjects takes no more at once. */
const mostAtOnce = 1000;

/** Deletes objects, or versions where entries say which, a thousand at a time. @throws AbortError, and what a request throws */
export async function removeAll(
  bucket: string,
  pages: AsyncIterable<readonly Entry[]> | Iterable<readonly Entry[]>,
  onProgress: (count: number) => void,
  signal: AbortSignal,
): Promise<Removed> {
  let count = 0;
  const failures: Failure[] = [];
  onProgress(0);
  for await (const entries of pages) {
    for (let from = 0; from < entries.length; from += mostAtOnce) {
      signal.throwIfAborted();
      const some = entries.slice(from, from + mostAtOnce);
      const Objects = some.map(({ key, versionId }) => ({ Key: key, ...(versionId !== undefined && { VersionId: versionId }) }));
      const { Errors = [] } = await send("s3", "DeleteObjects", { Bucket: bucket, Delete: { Objects, Quiet: true } }, signal);
      failures.push(
        ...Errors.map(({ Key = "", Code = "Error", Message = Code }) => ({
          name: Key,
          problem: { kind: Code === "AccessDenied" ? ("denied" as const) : ("other" as const), code: Code, message: Message },
        })),
      );
      count += some.length - Errors.length;
      onProgress(count);
    }
  }
  return { count, failures };
}

/** What is chosen, page by page; in place of a folder all that is below it. */
export async function* contentsOf(
  bucket: string,
  chosen: readonly Entry[],
  hasVersions: boolean,
  signal: AbortSignal,
): AsyncGenerator<readonly Entry[]> {
  const single = chosen.filter(({ kind }) => kind !== "folder");
  if (single.length > 0) yield single;
  const under = hasVersions ? versionsUnder : objectsUnder;
  for (const { kind, key } of chosen) if (kind === "folder") yield* under(bucket, key, signal);
}
