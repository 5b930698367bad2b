import type { FileChange, FunctionDraft, FunctionFile } from "@mayfly/wire/mayfly";

/** A deployed package, as it was when it was listed. */
export interface PackageListing {
  readonly CodeSha256: string;
  readonly Files: readonly FunctionFile[];
}

/** A file or folder as the tree shows it. */
export interface WorkFile {
  readonly path: string;
  readonly type: FunctionFile["Type"];
  /** Against what is deployed. */
  readonly state: "same" | "modified" | "added";
  readonly size: number;
}

/** Where a file's bytes come from. */
export type FileContent =
  /** The deployed package has it under this path. */
  { readonly from: "package"; readonly path: string } | { readonly from: "here"; readonly bytes: Uint8Array };

type Put = { readonly bytes: Uint8Array } | { readonly copyFrom: string };

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Undeployed work on a deployed package: what was written, made, moved and deleted. Knows no editor and no server. */
export class Workspace {
  #base: PackageListing;
  #baseFiles: ReadonlyMap<string, FunctionFile>;
  readonly #puts = new Map<string, Put>();
  readonly #folders = new Set<string>();
  readonly #deleted = new Set<string>();
  /** Texts of deployed files that were read: what is the same again is no change. */
  readonly #baseTexts = new Map<string, string>();
  readonly #listeners = new Set<() => void>();
  #version = 0;

  constructor(base: PackageListing, draft?: Pick<FunctionDraft, "Changes">) {
    this.#base = base;
    this.#baseFiles = new Map(base.Files.map((file) => [file.Path, file]));
    for (const change of draft?.Changes ?? []) this.#apply(change);
  }

  /** Counts changes, for useSyncExternalStore. */
  get version(): number {
    return this.#version;
  }

  get baseCodeSha256(): string {
    return this.#base.CodeSha256;
  }

  get isDirty(): boolean {
    return this.#puts.size > 0 || this.#deleted.size > 0 || this.#folders.size > 0;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The tree as it would be deployed, by path. */
  files(): WorkFile[] {
    const files = new Map<string, WorkFile>();
    for (const [path, { Type, Size }] of this.#baseFiles) {
      if (!this.#isDeleted(path)) files.set(path, { path, type: Type, state: "same", size: Size });
    }
    for (const path of this.#folders) addFolder(files, path);
    for (const [path, put] of this.#puts) {
      addFolder(files, parentOf(path));
      const state = this.#baseFiles.has(path) ? "modified" : "added";
      files.set(path, {
        path,
        type: "file",
        state,
        size: "bytes" in put ? put.bytes.length : (this.#baseFiles.get(put.copyFrom)?.Size ?? 0),
      });
    }
    const listed = [...files.keys()];
    for (const path of listed) addFolder(files, parentOf(path));
    return [...files.values()].sort((a, b) => a.path.localeCompare(b.path, "en"));
  }

  has(path: string): boolean {
    return this.#puts.has(path) || this.#folders.has(path) || (this.#baseFiles.has(path) && !this.#isDeleted(path));
  }

  /** undefined if there is no such file */
  content(path: string): FileContent | undefined {
    const put = this.#puts.get(path);
    if (put) return "bytes" in put ? { from: "here", bytes: put.bytes } : { from: "package", path: put.copyFrom };
    return this.#baseFiles.get(path)?.Type === "file" && !this.#isDeleted(path) ? { from: "package", path } : undefined;
  }

  /** Tells what a deployed file holds, so that writing the same again is no change. */
  knowBaseText(path: string, text: string): void {
    this.#baseTexts.set(path, text);
  }

  /** What is deployed under the path; undefined if it was not read or is not deployed. */
  baseText(path: string): string | undefined {
    return this.#baseTexts.get(path);
  }

  /** Writes a file's text. */
  write(path: string, text: string): void {
    const isAsDeployed = this.#baseFiles.has(path) && this.#baseTexts.get(path) === text;
    const held = this.#puts.get(path);
    if (isAsDeployed) {
      if (this.#puts.delete(path) || this.#deleted.delete(path)) this.#changed();
      return;
    }
    if (held && "bytes" in held && decoder.decode(held.bytes) === text) return;
    this.put(path, encoder.encode(text));
  }

  /** Makes a file, or replaces its bytes. */
  put(path: string, bytes: Uint8Array): void {
    this.#deleted.delete(path);
    this.#puts.set(path, { bytes });
    this.#changed();
  }

  createFolder(path: string): void {
    this.#folders.add(path);
    this.#changed();
  }

  /** Moves a file, or a folder with all in it. */
  rename(from: string, to: string): void {
    for (const { path, type } of this.files()) {
      if (path !== from && !path.startsWith(`${from}/`)) continue;
      const target = to + path.slice(from.length);
      if (type === "directory") {
        this.#folders.add(target);
        continue;
      }
      const content = this.content(path);
      if (content?.from === "here") this.#puts.set(target, { bytes: content.bytes });
      else if (content) this.#puts.set(target, { copyFrom: content.path });
    }
    this.#remove(from);
    this.#changed();
  }

  /** Deletes a file, or a folder with all in it. */
  remove(path: string): void {
    this.#remove(path);
    this.#changed();
  }

  /** Forgets all changes. */
  discard(): void {
    this.#clear();
    this.#changed();
  }

  /** What was deployed is the base from now on. @param texts what the files hold that are open */
  rebase(base: PackageListing, { keepChanges }: { readonly keepChanges: boolean }): void {
    const kept = keepChanges ? this.changes() : [];
    this.#base = base;
    this.#baseFiles = new Map(base.Files.map((file) => [file.Path, file]));
    this.#baseTexts.clear();
    this.#clear();
    for (const change of kept) this.#apply(change);
    this.#changed();
  }

  /** The changes against the deployed package, in an order in which they can be applied. */
  changes(): FileChange[] {
    const deletes = [...this.#deleted].sort().map((Path): FileChange => ({ Path, Type: "delete" }));
    const folders = [...this.#folders].sort().map((Path): FileChange => ({ Path, Type: "directory" }));
    const puts = [...this.#puts].map(([Path, put]): FileChange =>
      "bytes" in put ? { Path, Type: "put", Content: put.bytes } : { Path, Type: "put", CopyFrom: put.copyFrom },
    );
    return [...deletes, ...folders, ...puts.sort((a, b) => (a.Path < b.Path ? -1 : 1))];
  }

  #apply({ Path, Type, Content, CopyFrom }: FileChange): void {
    if (Type === "delete") this.#deleted.add(Path);
    else if (Type === "directory") this.#folders.add(Path);
    else if (CopyFrom !== undefined) this.#puts.set(Path, { copyFrom: CopyFrom });
    else this.#puts.set(Path, { bytes: Content ?? new Uint8Array() });
  }

  #remove(path: string): void {
    const below = (candidate: string): boolean => candidate === path || candidate.startsWith(`${path}/`);
    for (const put of [...this.#puts.keys()].filter(below)) this.#puts.delete(put);
    for (const folder of [...this.#folders].filter(below)) this.#folders.delete(folder);
    if ([...this.#baseFiles.keys()].some(below)) this.#deleted.add(path);
  }

  #isDeleted(path: string): boolean {
    for (let at = path; at !== ""; at = parentOf(at)) if (this.#deleted.has(at)) return true;
    return false;
  }

  #clear(): void {
    this.#puts.clear();
    this.#folders.clear();
    this.#deleted.clear();
  }

  #changed(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}

/** The folder that holds the path; empty for the package's root. */
export const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

function addFolder(files: Map<string, WorkFile>, path: string): void {
  for (let at = path; at !== "" && !files.has(at); at = parentOf(at))
    files.set(at, { path: at, type: "directory", state: "same", size: 0 });
}

/** What is wrong with a new name; undefined if nothing is. @param from what gets the name, if it is there already */
export function pathProblem(path: string, workspace: Pick<Workspace, "has" | "content">, from = ""): string | undefined {
  if (path === "") return "Give it a name.";
  if (path.startsWith("/") || path.split("/").some((part) => part === "" || part === "." || part === "..") || /[\\\0]/.test(path))
    return "Use a path within the package, such as lib/util.py.";
  if (from !== "" && path.startsWith(`${from}/`)) return `${from} can't be moved into itself.`;
  for (let above = parentOf(path); above !== ""; above = parentOf(above))
    if (workspace.content(above) !== undefined) return `${above} is a file, so nothing can be in it.`;
  return workspace.has(path) ? `There is a ${path} already.` : undefined;
}
