export { DataFolderLocked, DataFolderTooNew, DataFolderUnusable } from "./errors.ts";
export { copyDataFolder } from "./copy-data-folder.ts";
export { openDatabase, type OpenDatabaseOptions } from "./open-database.ts";
export type * from "./object-types.ts";
export type { NewFile, ObjectFiles } from "./object-files.ts";
export * from "./queue-types.ts";
export * from "./topic-types.ts";
export * from "./types.ts";
