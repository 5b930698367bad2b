import Icon from "@cloudscape-design/components/icon";
import type { CodeSession } from "./code-session.ts";
import { useSessionView, useWorkspaceVersion } from "./use-code-session.ts";

/** The open files. A dot marks what is not deployed; the middle button closes. */
export function EditorTabs({ session }: { readonly session: CodeSession }) {
  const { openPaths, activePath, workspace } = useSessionView(session);
  useWorkspaceVersion(session);
  const states = new Map(workspace.files().map(({ path, state }) => [path, state]));
  return (
    <div className="code-tabs" role="group" aria-label="Open files">
      {openPaths.map((path) => (
        <div
          key={path}
          className="code-tab"
          data-active={path === activePath}
          onAuxClick={(event) => {
            if (event.button === 1) session.close(path);
          }}
        >
          <button type="button" title={path} aria-current={path === activePath} onClick={() => session.open(path)}>
            {path.slice(path.lastIndexOf("/") + 1)}
            {states.get(path) !== "same" && <span aria-label="not deployed"> ●</span>}
          </button>
          <button type="button" aria-label={`Close ${path}`} onClick={() => session.close(path)}>
            <Icon name="close" size="small" />
          </button>
        </div>
      ))}
    </div>
  );
}
