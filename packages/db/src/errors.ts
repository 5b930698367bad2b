/** Another server that runs holds the data folder. */
export class DataFolderLocked extends Error {
  override readonly name = "DataFolderLocked";
}

/** The data folder was written by a newer Mayfly. */
export class DataFolderTooNew extends Error {
  override readonly name = "DataFolderTooNew";
}

/** The data folder can't be read or written: permissions, a full disk, not a folder, not Mayfly's. */
export class DataFolderUnusable extends Error {
  override readonly name = "DataFolderUnusable";
}

const classes = { DataFolderLocked, DataFolderTooNew, DataFolderUnusable } as const;

/** An error's name and text, as they cross from the database's thread. */
export interface PlainError {
  readonly name: string;
  readonly message: string;
}

/** One of the classes above from its name; undefined for others. */
export function dataFolderError({ name, message }: PlainError): Error | undefined {
  return name in classes ? new classes[name as keyof typeof classes](message) : undefined;
}

/** What a file system's refusal means to the user, in one line. */
export function unusable(folder: string, error: unknown): DataFolderUnusable {
  const { code, message } = error as NodeJS.ErrnoException & { errstr?: string };
  const text = `${(error as { errstr?: string }).errstr ?? ""} ${message}`;
  if (code === "ENOSPC" || /disk is full/i.test(text))
    return new DataFolderUnusable(`The disk that holds ${folder} is full. Make room, or choose another folder with --data DIR.`);
  if (code === "EACCES" || code === "EROFS" || code === "EPERM" || code === "ENOENT" || /readonly|unable to open/i.test(text)) {
    return new DataFolderUnusable(
      `The data folder ${folder} can't be written by this user. Mend its permissions, or choose another with --data DIR.`,
    );
  }
  if (code === "ENOTDIR" || code === "EEXIST") return new DataFolderUnusable(`${folder} is not a folder. Choose another with --data DIR.`);
  return new DataFolderUnusable(`The data folder ${folder} can't be used: ${message}`);
}
