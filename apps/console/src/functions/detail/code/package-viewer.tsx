import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { EmptyState } from "../../../shared/empty-state.tsx";
import { Loaded, SkeletonLines } from "../../../shared/loaded.tsx";
import { useCurrentFunction } from "../function-context.ts";
import { CodeSession } from "./code-session.ts";
import { EditorPane } from "./editor-pane.tsx";
import { EditorTabs } from "./editor-tabs.tsx";
import { FileTree } from "./file-tree.tsx";
import { handlerFile } from "./handler-file.ts";
import { readBytes } from "./models.ts";
import { saveAs } from "./save-as.ts";
import { useSessionView } from "./use-code-session.ts";

/** The code of a version: to be read. */
export function PackageViewer() {
  const { functionName, configuration } = useCurrentFunction();
  const { CodeSha256 = "" } = configuration;
  const query = useQuery({
    queryKey: ["package", functionName, CodeSha256],
    queryFn: () => CodeSession.ofPackage(functionName, CodeSha256),
    // What a hash stands for does not change.
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });
  return (
    <Loaded query={query} skeleton={<SkeletonLines lines={12} />}>
      {(session) => <Viewer session={session} />}
    </Loaded>
  );
}

function Viewer({ session }: { readonly session: CodeSession }) {
  const { Runtime, Handler } = useCurrentFunction().configuration;
  const { workspace, activePath, epoch } = useSessionView(session);
  useEffect(() => {
    const first = handlerFile(session.view.workspace.files(), Runtime, Handler);
    if (session.view.activePath === undefined && first !== undefined) session.open(first);
  }, [session, Runtime, Handler]);
  return (
    <div className="code-area">
      <div className="code-editor">
        <nav className="code-sidebar" aria-label="Explorer">
          <FileTree
            files={workspace.files()}
            activePath={activePath}
            readOnly
            onOpen={(path) => session.open(path)}
            onAction={(_download, { path }) => void readBytes(session, path).then((bytes) => saveAs(path.split("/").at(-1) ?? path, bytes))}
            onMove={nothing}
            onDropFiles={nothing}
          />
        </nav>
        <div className="code-main">
          <EditorTabs session={session} />
          {activePath === undefined ? (
            <EmptyState title="No file is open">Choose one in the tree.</EmptyState>
          ) : (
            <EditorPane session={session} path={activePath} readOnly epoch={epoch} focus={false} place={undefined} onEditor={nothing} />
          )}
        </div>
      </div>
    </div>
  );
}

const nothing = (): void => undefined;
