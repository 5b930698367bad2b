import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import { useRef } from "react";
import { filesOfInput, type ChosenFile } from "./dropped-files.ts";

/** Chooses files, or a folder, to upload. */
export function UploadButton({ onFiles }: { readonly onFiles: (files: readonly ChosenFile[]) => void }) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const choose = (input: HTMLInputElement): void => {
    onFiles(filesOfInput(input.files));
    // The same file may be chosen again.
    input.value = "";
  };
  return (
    <>
      <ButtonDropdown
        variant="primary"
        items={[
          { id: "files", text: "Add files" },
          { id: "folder", text: "Add folder" },
        ]}
        onItemClick={({ detail }) => (detail.id === "folder" ? folder : files).current?.click()}
      >
        Upload
      </ButtonDropdown>
      <input ref={files} type="file" multiple hidden aria-label="Files to upload" onChange={({ target }) => choose(target)} />
      <input
        ref={(element) => {
          element?.setAttribute("webkitdirectory", "");
          folder.current = element;
        }}
        type="file"
        hidden
        aria-label="Folder to upload"
        onChange={({ target }) => choose(target)}
      />
    </>
  );
}
