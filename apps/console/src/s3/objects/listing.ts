import { send } from "../../api/send.ts";
import type { Entry } from "./entry.ts";

/** Where a list goes on. */
export type PageToken = Readonly<Record<string, string>>;

/** A page of a bucket's list. */
export interface ListedPage {
  readonly entries: readonly Entry[];
  /** Undefined after the last page. */
  readonly next: PageToken | undefined;
}

/** What is listed. */
interface Listing {
  readonly bucket: string;
  /** The folder, and with what names in it begin. */
  readonly prefix: string;
  readonly hasVersions: boolean;
  /** All below, not folder by folder. */
  readonly isDeep?: boolean;
  readonly pageSize?: number;
}

/** One page of what is in a bucket. */
export const readPage = (listing: Listing, token: PageToken | undefined, signal: AbortSignal): Promise<ListedPage> =>
  (listing.hasVersions ? readVersions : readObjects)(listing, token, signal);

async function readObjects(listing: Listing, token: PageToken | undefined, signal: AbortSignal): Promise<ListedPage> {
  const {
    CommonPrefixes = [],
    Contents = [],
    NextContinuationToken,
  } = await send("s3", "ListObjectsV2", { ...input(listing), ...token }, signal);
  return {
    entries: [
      ...CommonPrefixes.map(({ Prefix = "" }) => folder(decoded(Prefix))),
      ...Contents.map(({ Key = "", Size, LastModified, StorageClass }): Entry => ({
        kind: "object",
        key: decoded(Key),
        size: Size ?? 0,
        ...(LastModified && { modified: LastModified }),
        ...(StorageClass && { storageClass: StorageClass }),
      })),
    ],
    next: NextContinuationToken ? { ContinuationToken: NextContinuationToken } : undefined,
  };
}

async function readVersions(listing: Listing, token: PageToken | undefined, signal: AbortSignal): Promise<ListedPage> {
  const output = await send("s3", "ListObjectVersions", { ...input(listing), ...token }, signal);
  const { CommonPrefixes = [], Versions = [], DeleteMarkers = [], IsTruncated, NextKeyMarker, NextVersionIdMarker } = output;
  const versions = [
    ...Versions.map((each) => ({ ...each, kind: "object" as const })),
    ...DeleteMarkers.map((each) => ({ ...each, kind: "marker" as const, Size: undefined, StorageClass: undefined })),
  ].map(({ kind, Key = "", VersionId = "null", IsLatest = false, LastModified, Size, StorageClass }): Entry => ({
    kind,
    key: decoded(Key),
    versionId: VersionId,
    isLatest: IsLatest,
    ...(LastModified && { modified: LastModified }),
    ...(Size !== undefined && { size: Size }),
    ...(StorageClass && { storageClass: StorageClass }),
  }));
  // By key, the newest version first, as S3 has them; the two lists of an answer are one here.
  versions.sort(
    (a, b) =>
      (a.key < b.key ? -1 : a.key > b.key ? 1 : 0) ||
      Number(b.isLatest) - Number(a.isLatest) ||
      (b.modified?.getTime() ?? 0) - (a.modified?.getTime() ?? 0),
  );
  return {
    entries: [...CommonPrefixes.map(({ Prefix = "" }) => folder(decoded(Prefix))), ...versions],
    next:
      IsTruncated && NextKeyMarker !== undefined
        ? { KeyMarker: decoded(NextKeyMarker), ...(NextVersionIdMarker && { VersionIdMarker: NextVersionIdMarker }) }
        : undefined,
  };
}

/** A name as S3 encodes it in a list. */
const decoded = (name: string): string => decodeURIComponent(name.replaceAll("+", " "));

const folder = (key: string): Entry => ({ kind: "folder", key });

const input = ({ bucket, prefix, isDeep = false, pageSize }: Listing) => ({
  Bucket: bucket,
  Prefix: prefix,
  // XML can't hold all that a key may have.
  EncodingType: "url" as const,
  ...(!isDeep && { Delimiter: "/" }),
  ...(pageSize !== undefined && { MaxKeys: pageSize }),
});

/** All objects below a prefix, page by page. */
export const objectsUnder = (bucket: string, prefix: string, signal: AbortSignal): AsyncGenerator<readonly Entry[]> =>
  allUnder({ bucket, prefix, hasVersions: false, isDeep: true }, signal);

/** All versions below a prefix, page by page. */
export const versionsUnder = (bucket: string, prefix: string, signal: AbortSignal): AsyncGenerator<readonly Entry[]> =>
  allUnder({ bucket, prefix, hasVersions: true, isDeep: true }, signal);

async function* allUnder(listing: Listing, signal: AbortSignal): AsyncGenerator<readonly Entry[]> {
  let token: PageToken | undefined;
  do {
    const page = await readPage(listing, token, signal);
    yield page.entries;
    token = page.next;
  } while (token !== undefined);
}
