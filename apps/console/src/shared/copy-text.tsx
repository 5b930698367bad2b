import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";

interface CopyTextProps {
  readonly text: string;
  /** Shown in its place, where it is too long. */
  readonly shown?: string;
  /** `ARN` */
  readonly label: string;
}

/** A text, such as an ARN, with a button that copies it. */
export function CopyText({ text, shown, label }: CopyTextProps) {
  return (
    <CopyToClipboard
      variant="inline"
      textToCopy={text}
      {...(shown && { textToDisplay: shown })}
      copyButtonAriaLabel={`Copy ${label}`}
      copySuccessText={`${label} copied`}
      copyErrorText={`${label} could not be copied`}
    />
  );
}
