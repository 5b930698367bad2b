/** A line of a bucket's list. */
export interface Entry {
  readonly kind: "folder" | "object" | "marker";
  /** Whole; a folder's ends with a slash. */
  readonly key: string;
  /** Set where versions are listed. */
  readonly versionId?: string;
  readonly isLatest?: boolean;
  readonly size?: number;
  readonly modified?: Date;
  readonly storageClass?: string;
}

/** What tells lines apart. */
export const entryId = ({ key, versionId }: Entry): string => (versionId === undefined ? key : `${key}\n${versionId}`);

/** The last part of a key or a prefix. */
export function entryName(key: string, prefix: string): string {
  const name = key.slice(prefix.length);
  // The object that a console makes for a folder has the folder's own key.
  return name === "" ? "(this folder)" : name;
}

/** The folders above a prefix, from the bucket on: `a/b/` is in `a/`. */
export function foldersOf(prefix: string): { readonly name: string; readonly prefix: string }[] {
  const parts = prefix.split("/").slice(0, -1);
  return parts.map((name, index) => ({ name: `${name}/`, prefix: `${parts.slice(0, index + 1).join("/")}/` }));
}

/** `png` of `photo.png`. */
export const extensionOf = (key: string): string => /\.([^./]+)$/.exec(key)?.[1]?.toLowerCase() ?? "-";
