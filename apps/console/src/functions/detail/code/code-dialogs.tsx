import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FileDropzone from "@cloudscape-design/components/file-dropzone";
import FileInput from "@cloudscape-design/components/file-input";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { ConfirmDialog } from "../../../shared/confirm-dialog.tsx";
import type { CodeSession } from "./code-session.ts";
import { DifferenceDialog } from "./difference-dialog.tsx";
import { FindInFiles } from "./find-in-files.tsx";
import { QuickOpen } from "./quick-open.tsx";
import type { CodeActions } from "./use-code-actions.ts";
import type { FileActions } from "./use-file-actions.ts";
import { pathProblem } from "./workspace.ts";
import { useFocusInDialog } from "../../../shared/use-focus-in-dialog.ts";

/** A dialog over the editor. */
export type CodeDialog =
  | { readonly kind: "new-file" | "new-folder"; readonly folder: string }
  | { readonly kind: "rename" | "delete"; readonly path: string }
  | { readonly kind: "upload" | "quick-open" | "find" | "discard" }
  | { readonly kind: "difference"; readonly with: "deployed" };

interface CodeDialogsProps {
  readonly session: CodeSession;
  readonly dialog: CodeDialog | undefined;
  readonly onDialog: (dialog: CodeDialog | undefined) => void;
  readonly fileActions: FileActions;
  readonly actions: CodeActions;
}

/** The dialog that is open, if one is. */
export function CodeDialogs({ session, dialog, onDialog, fileActions, actions }: CodeDialogsProps) {
  const close = (): void => onDialog(undefined);
  if (dialog === undefined) return null;
  if (dialog.kind === "new-file" || dialog.kind === "new-folder") {
    const isFile = dialog.kind === "new-file";
    const start = dialog.folder === "" ? "" : `${dialog.folder}/`;
    return (
      <PathDialog
        title={isFile ? "New file" : "New folder"}
        action="Create"
        session={session}
        start={start}
        onPath={isFile ? fileActions.createFile : fileActions.createFolder}
        onClose={close}
      />
    );
  }
  if (dialog.kind === "rename") {
    const { path } = dialog;
    return (
      <PathDialog
        title={`Rename or move ${path}`}
        action="Rename"
        session={session}
        start={path}
        from={path}
        onPath={(to) => fileActions.rename(path, to)}
        onClose={close}
      />
    );
  }
  if (dialog.kind === "delete") {
    const { path } = dialog;
    return (
      <ConfirmDialog title={`Delete ${path}?`} action="Delete" onConfirm={async () => fileActions.remove(path)} onClose={close}>
        It is deleted from your draft. What runs stays as it is until you deploy.
      </ConfirmDialog>
    );
  }
  if (dialog.kind === "discard") {
    return (
      <ConfirmDialog title="Discard undeployed changes?" action="Discard" onConfirm={() => session.discard()} onClose={close}>
        The editor goes back to the code that runs. The draft is removed.
      </ConfirmDialog>
    );
  }
  if (dialog.kind === "upload") return <UploadFilesDialog onFiles={(files) => fileActions.addFiles("", files)} onClose={close} />;
  if (dialog.kind === "quick-open") return <QuickOpen session={session} onClose={close} />;
  if (dialog.kind === "find") return <FindInFiles session={session} onClose={close} />;
  return <DifferenceDialog session={session} onDeploy={() => void actions.deploy()} onClose={close} />;
}

interface PathDialogProps {
  readonly title: string;
  readonly action: string;
  readonly session: CodeSession;
  readonly start: string;
  /** What is to be renamed. */
  readonly from?: string;
  readonly onPath: (path: string) => void;
  readonly onClose: () => void;
}

function PathDialog({ title, action, session, start, from, onPath, onClose }: PathDialogProps) {
  const field = useFocusInDialog();
  const [path, setPath] = useState(start);
  const [isShown, setShown] = useState(false);
  const problem = path === from ? "Give it another name." : pathProblem(path, session.view.workspace, from);
  const submit = (): void => {
    if (problem !== undefined) return setShown(true);
    onPath(path);
    onClose();
  };
  return (
    <Modal
      visible
      header={title}
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={<DialogButtons action={action} onAction={submit} onClose={onClose} />}
    >
      <FormField label="Path" description="Folders are separated by /." errorText={isShown ? problem : undefined}>
        <Input
          value={path}
          ref={field}
          spellcheck={false}
          onChange={({ detail }) => setPath(detail.value)}
          onKeyDown={({ detail }) => {
            if (detail.key === "Enter") submit();
          }}
        />
      </FormField>
    </Modal>
  );
}

interface UploadFilesDialogProps {
  readonly onFiles: (files: readonly File[]) => Promise<void>;
  readonly onClose: () => void;
}

function UploadFilesDialog({ onFiles, onClose }: UploadFilesDialogProps) {
  const take = (files: readonly File[]): void => void onFiles(files).then(onClose);
  return (
    <Modal visible header="Add files" closeAriaLabel="Close" onDismiss={onClose}>
      <FileDropzone onChange={({ detail }) => take(detail.value)}>
        <SpaceBetween size="s">
          <Box key="text">Drop files here, or choose them. They are added to your draft.</Box>
          <FileInput key="input" multiple value={[]} onChange={({ detail }) => take(detail.value)}>
            Choose files
          </FileInput>
        </SpaceBetween>
      </FileDropzone>
    </Modal>
  );
}

function DialogButtons({
  action,
  onAction,
  onClose,
}: {
  readonly action: string;
  readonly onAction: () => void;
  readonly onClose: () => void;
}) {
  return (
    <Box float="right">
      <SpaceBetween direction="horizontal" size="xs">
        <Button key="cancel" variant="link" onClick={onClose}>
          Cancel
        </Button>
        <Button key="action" variant="primary" onClick={onAction}>
          {action}
        </Button>
      </SpaceBetween>
    </Box>
  );
}
