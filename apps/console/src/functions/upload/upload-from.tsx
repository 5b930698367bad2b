import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import FormField from "@cloudscape-design/components/form-field";
import Modal from "@cloudscape-design/components/modal";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { keyOf } from "../../api/hooks.ts";
import { problemOf } from "../../api/problem.ts";
import { send } from "../../api/send.ts";
import { useFlash } from "../../app/flash.tsx";
import { ZipFileInput } from "./zip-file-input.tsx";
import { uploadZip, zipProblem, type Upload } from "./upload-zip.ts";

interface UploadFromProps {
  readonly functionName: string;
  /** The function has other code now. */
  readonly onUploaded: () => void;
}

/** Where code comes from other than the editor, and the way to take it away. */
export function UploadFrom({ functionName, onUploaded }: UploadFromProps) {
  const [isOpen, setOpen] = useState(false);
  const flash = useFlash();
  const download = async (): Promise<void> => {
    try {
      const { Code } = await send("lambda", "GetFunction", { FunctionName: functionName });
      if (Code?.Location) location.assign(Code.Location);
    } catch (error) {
      flash.error("download", "The package could not be downloaded", problemOf(error));
    }
  };
  return (
    <>
      <ButtonDropdown
        items={[
          { id: "zip", text: ".zip file" },
          { id: "s3", text: "Amazon S3 location", disabled: true, disabledReason: "There is no S3 on this server yet" },
          { id: "download", text: "Download .zip" },
        ]}
        onItemClick={({ detail }) => {
          if (detail.id === "zip") setOpen(true);
          if (detail.id === "download") void download();
        }}
      >
        Upload from
      </ButtonDropdown>
      {isOpen && <UploadDialog functionName={functionName} onUploaded={onUploaded} onClose={() => setOpen(false)} />}
    </>
  );
}

function UploadDialog({ functionName, onUploaded, onClose }: UploadFromProps & { readonly onClose: () => void }) {
  const [file, setFile] = useState<File>();
  const [isShown, setShown] = useState(false);
  const upload = useUpload(functionName, onUploaded);
  const problem = zipProblem(file);
  const start = (): void => {
    if (file === undefined || problem !== undefined) return setShown(true);
    onClose();
    void upload(file);
  };
  return (
    <Modal
      visible
      header="Upload a .zip file"
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button key="cancel" variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button key="save" variant="primary" onClick={start}>
              Save
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <FormField
        label="Deployment package"
        description="It replaces the function's code at once; undeployed changes in the editor are dropped."
        errorText={isShown || file ? problem : undefined}
      >
        <ZipFileInput file={file} onChange={setFile} />
      </FormField>
    </Modal>
  );
}

function useUpload(functionName: string, onUploaded: () => void): (file: File) => Promise<void> {
  const flash = useFlash();
  const cache = useQueryClient();
  const running = useRef<Upload>(undefined);
  const flashId = `upload-${functionName}`;
  return async (file) => {
    const show = (fraction: number): void =>
      flash.progress(
        flashId,
        <SpaceBetween size="xs">
          <ProgressBar
            key="bar"
            variant="flash"
            value={Math.round(fraction * 100)}
            label={`Uploading ${file.name} to ${functionName}`}
            description={fraction < 1 ? "" : "The server is unpacking it"}
          />
          <Button key="cancel" onClick={() => running.current?.cancel()}>
            Cancel
          </Button>
        </SpaceBetween>,
      );
    show(0);
    running.current = uploadZip({ kind: "function", functionName }, file, show);
    try {
      await running.current.done;
      flash.success(flashId, `Successfully updated the function ${functionName}. Choose Test to run it.`);
      await cache.invalidateQueries({ queryKey: keyOf("lambda") });
      onUploaded();
    } catch (error) {
      if ((error as Error).name === "AbortError") flash.dismiss(flashId);
      else flash.error(flashId, `The function ${functionName} was not updated`, problemOf(error));
    }
  };
}
