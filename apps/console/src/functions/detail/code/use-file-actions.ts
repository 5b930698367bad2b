import { useMemo } from "react";
import { problemOf } from "../../../api/problem.ts";
import { useFlash } from "../../../app/flash.tsx";
import type { CodeDialog } from "./code-dialogs.tsx";
import type { CodeSession } from "./code-session.ts";
import type { TreeAction } from "./file-tree.tsx";
import { readBytes } from "./models.ts";
import { saveAs } from "./save-as.ts";
import type { WorkFile } from "./workspace.ts";

/** What can be done to files of the tree. */
export interface FileActions {
  readonly act: (action: TreeAction, file: Pick<WorkFile, "path">) => void;
  readonly createFile: (path: string) => void;
  readonly createFolder: (path: string) => void;
  readonly rename: (from: string, to: string) => void;
  readonly remove: (path: string) => void;
  readonly move: (from: string, folder: string) => void;
  readonly addFiles: (folder: string, files: readonly File[]) => Promise<void>;
}

/** Makes the actions on a session's files. */
export function useFileActions(session: CodeSession, show: (dialog: CodeDialog) => void): FileActions {
  const flash = useFlash();
  return useMemo(() => {
    const { functionName } = session;
    const forget = (path: string): void => {
      const below = session.view.workspace.files().filter((file) => file.path === path || file.path.startsWith(`${path}/`));
      for (const file of below) session.close(file.path);
      session.drop(path);
    };
    const rename = (from: string, to: string): void => {
      session.flush();
      const active = session.view.activePath;
      const wasOpen = active !== undefined && (active === from || active.startsWith(`${from}/`));
      forget(from);
      session.view.workspace.rename(from, to);
      if (wasOpen) session.open(to + active.slice(from.length));
      session.touched();
    };
    const download = async (path: string): Promise<void> => {
      try {
        saveAs(path.slice(path.lastIndexOf("/") + 1), await readBytes(session, path));
      } catch (error) {
        flash.error("download", `${path} could not be downloaded`, problemOf(error));
      }
    };
    const byAction: Readonly<Record<TreeAction, (path: string) => void>> = {
      "new-file": (path) => show({ kind: "new-file", folder: path }),
      "new-folder": (path) => show({ kind: "new-folder", folder: path }),
      rename: (path) => show({ kind: "rename", path }),
      delete: (path) => show({ kind: "delete", path }),
      download: (path) => void download(path),
    };
    return {
      act: (action, { path }) => byAction[action](path),
      rename,
      createFile(path) {
        session.view.workspace.put(path, new Uint8Array());
        session.open(path);
        session.touched();
      },
      createFolder(path) {
        session.view.workspace.createFolder(path);
        session.touched();
      },
      remove(path) {
        forget(path);
        session.view.workspace.remove(path);
        session.touched();
      },
      move(from, folder) {
        const to = [folder, from.slice(from.lastIndexOf("/") + 1)].filter((part) => part !== "").join("/");
        if (to === from || folder === from || folder.startsWith(`${from}/`)) return;
        if (session.view.workspace.has(to)) show({ kind: "rename", path: from });
        else rename(from, to);
      },
      async addFiles(folder, files) {
        for (const file of files) {
          const path = [folder, file.webkitRelativePath || file.name].filter((part) => part !== "").join("/");
          session.drop(path);
          session.view.workspace.put(path, new Uint8Array(await file.arrayBuffer()));
        }
        session.touched();
        flash.success(
          "upload-files",
          `Added ${files.length === 1 ? files[0]?.name : `${files.length} files`} to ${functionName}. Choose Deploy to make it live.`,
        );
      },
    };
  }, [session, show, flash]);
}
