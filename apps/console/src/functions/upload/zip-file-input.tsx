import FileUpload from "@cloudscape-design/components/file-upload";

interface ZipFileInputProps {
  readonly file: File | undefined;
  readonly onChange: (file: File | undefined) => void;
}

/** Takes one .zip file, chosen or dropped. */
export function ZipFileInput({ file, onChange }: ZipFileInputProps) {
  return (
    <FileUpload
      value={file ? [file] : []}
      accept=".zip,.jar"
      showFileSize
      onChange={({ detail }) => onChange(detail.value[0])}
      constraintText="Up to 50 MB."
      i18nStrings={{
        uploadButtonText: () => "Choose file",
        dropzoneText: () => "Drop the file here",
        removeFileAriaLabel: () => "Remove the file",
        limitShowFewer: "Show fewer",
        limitShowMore: "Show more",
        errorIconAriaLabel: "Error",
      }}
    />
  );
}
