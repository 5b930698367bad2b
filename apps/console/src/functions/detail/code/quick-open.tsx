import type { CodeSession } from "./code-session.ts";
import { ChooseDialog } from "../../../shared/choose-dialog.tsx";

/** Opens a file by a few letters of its path. */
export function QuickOpen({ session, onClose }: { readonly session: CodeSession; readonly onClose: () => void }) {
  const files = session.view.workspace.files().filter(({ type }) => type === "file");
  return (
    <ChooseDialog
      title="Go to file"
      placeholder="Name or path of a file"
      choices={files.map(({ path }) => ({ id: path, text: path, group: "", run: () => session.open(path) }))}
      emptyText="No file is called that."
      onClose={onClose}
    />
  );
}
