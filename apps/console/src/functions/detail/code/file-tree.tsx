import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Icon from "@cloudscape-design/components/icon";
import TreeView from "@cloudscape-design/components/tree-view";
import { useEffect, useMemo, useState, type DragEvent } from "react";
import { parentOf, type WorkFile } from "./workspace.ts";

/** What can be done to a file or folder of the tree. */
export type TreeAction = "new-file" | "new-folder" | "rename" | "delete" | "download";

interface FileTreeProps {
  readonly files: readonly WorkFile[];
  readonly activePath: string | undefined;
  readonly readOnly: boolean;
  readonly onOpen: (path: string) => void;
  readonly onAction: (action: TreeAction, file: WorkFile) => void;
  /** Moves a file or folder into a folder; the root is empty. */
  readonly onMove: (from: string, folder: string) => void;
  /** Files dropped from outside. */
  readonly onDropFiles: (folder: string, files: readonly File[]) => void;
}

interface Node extends WorkFile {
  readonly name: string;
  readonly children: readonly Node[];
}

const dragType = "application/x-mayfly-path";
const marks: Readonly<Record<WorkFile["state"], string>> = { same: "", modified: "M", added: "A" };

/** The package's files. Folders first; what is changed is marked. Files can be dragged into folders, and dropped in from outside. */
export function FileTree(props: FileTreeProps) {
  const { files, activePath, onMove, onDropFiles, readOnly } = props;
  const roots = useMemo(() => nest(files), [files]);
  const [expanded, setExpanded] = useState<readonly string[]>(() => folderPaths(activePath));
  // The file that is gone to is seen; its folder can be closed again.
  useEffect(() => setExpanded((now) => [...new Set([...now, ...folderPaths(activePath)])]), [activePath]);
  const drop = (folder: string) => (event: DragEvent) => {
    event.preventDefault();
    event.stopPropagation();
    setExpanded([...new Set([...expanded, folder, ...folderPaths(folder)])]);
    const path = event.dataTransfer.getData(dragType);
    if (path !== "") onMove(path, folder);
    else onDropFiles(folder, [...event.dataTransfer.files]);
  };
  const dropTarget = (folder: string) =>
    readOnly ? {} : { onDragOver: (event: DragEvent) => event.preventDefault(), onDrop: drop(folder) };
  return (
    <div className="file-tree" {...dropTarget("")}>
      <TreeView<Node>
        ariaLabel="Files"
        items={roots}
        expandedItems={expanded}
        onItemToggle={({ detail }) =>
          setExpanded(detail.expanded ? [...expanded, detail.id] : expanded.filter((path) => path !== detail.id))
        }
        getItemId={({ path }) => path}
        getItemChildren={({ type, children }) => (type === "directory" ? children : undefined)}
        renderItem={(node) => ({
          icon: <Icon name={node.type === "directory" ? "folder" : node.type === "symlink" ? "external" : "file"} />,
          content: <TreeEntry {...props} node={node} dropTarget={node.type === "directory" ? dropTarget(node.path) : {}} />,
          actions: <TreeActions {...props} node={node} />,
          announcementLabel: node.name,
        })}
      />
    </div>
  );
}

function TreeEntry({
  node,
  activePath,
  onOpen,
  readOnly,
  dropTarget,
}: FileTreeProps & { readonly node: Node; readonly dropTarget: object }) {
  const drag = readOnly ? {} : { draggable: true, onDragStart: (event: DragEvent) => event.dataTransfer.setData(dragType, node.path) };
  if (node.type === "directory")
    return (
      <span {...drag} {...dropTarget}>
        {node.name}
      </span>
    );
  return (
    <button
      type="button"
      className="tree-file"
      aria-current={node.path === activePath}
      title={node.path}
      onClick={() => onOpen(node.path)}
      disabled={node.type === "symlink"}
      {...drag}
    >
      {node.name}
      {marks[node.state] && (
        <span className="tree-mark" aria-label={node.state}>
          {marks[node.state]}
        </span>
      )}
    </button>
  );
}

function TreeActions({ node, readOnly, onAction }: FileTreeProps & { readonly node: Node }) {
  const isFolder = node.type === "directory";
  const edits = readOnly
    ? []
    : [
        ...(isFolder
          ? [
              { id: "new-file", text: "New file" },
              { id: "new-folder", text: "New folder" },
            ]
          : []),
        { id: "rename", text: "Rename or move" },
        { id: "delete", text: "Delete" },
      ];
  const items = [...edits, ...(isFolder ? [] : [{ id: "download", text: "Download" }])];
  if (items.length === 0) return null;
  return (
    <ButtonDropdown
      variant="inline-icon"
      ariaLabel={`Actions for ${node.path}`}
      expandToViewport
      items={items}
      onItemClick={({ detail }) => onAction(detail.id as TreeAction, node)}
    />
  );
}

function nest(files: readonly WorkFile[]): Node[] {
  const below = (folder: string): Node[] =>
    files
      .filter(({ path }) => parentOf(path) === folder)
      .map((file) => ({
        ...file,
        name: file.path.slice(file.path.lastIndexOf("/") + 1),
        children: file.type === "directory" ? below(file.path) : [],
      }))
      .sort((a, b) => Number(b.type === "directory") - Number(a.type === "directory") || a.name.localeCompare(b.name, "en"));
  return below("");
}

/** The folders above a path. */
function folderPaths(path: string | undefined): string[] {
  const folders: string[] = [];
  for (let at = parentOf(path ?? ""); at !== ""; at = parentOf(at)) folders.push(at);
  return folders;
}
