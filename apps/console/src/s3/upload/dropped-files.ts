/** A file with its way from where the user chose: `photos/2026/a.png`. */
export interface ChosenFile {
  readonly path: string;
  readonly file: File;
}

/** Files of an input, with their folders if a folder was chosen. */
export const filesOfInput = (files: FileList | null): ChosenFile[] =>
  [...(files ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }));

/** Files that were dropped, and those in folders that were. */
export async function filesOfDrop(data: DataTransfer): Promise<ChosenFile[]> {
  // After the first wait the browser has emptied the list.
  const items = [...data.items]
    .filter(({ kind }) => kind === "file")
    .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const found = await Promise.all(
    items.map(async ({ entry, file }) => {
      const whole = file ? [{ path: file.name, file }] : [];
      // What comes from elsewhere than the disk, such as another page, has no place in a file system.
      return entry ? filesUnder(entry).catch(() => whole) : whole;
    }),
  );
  return found.flat();
}

async function filesUnder(entry: FileSystemEntry): Promise<ChosenFile[]> {
  const path = entry.fullPath.replace(/^\//, "");
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ path, file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const files: ChosenFile[] = [];
  // A reader gives a hundred at a time, and nothing at the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return files;
    for (const one of some) files.push(...(await filesUnder(one)));
  }
}
