import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import { Breakable } from "./breakable.tsx";

interface CopyTextProps {
  readonly text: string;
  /** Shown in its place, where it is too long. */
  readonly shown?: string;
  /** `ARN` */
  readonly label: string;
}

/** A text, such as an ARN, with a button that copies it. */
export function CopyText({ text, shown = text, label }: CopyTextProps) {
  return (
    <CopyToClipboard
      variant="inline"
      textToCopy={text}
      textToDisplay={separators.test(text) ? <Breakable text={shown} /> : <span className="break-all">{shown}</span>}
      copyButtonAriaLabel={`Copy ${label}`}
      copySuccessText={`${label} copied`}
      copyErrorText={`${label} could not be copied`}
    />
  );
}

/** What has none of them, such as a hash, is broken where the line is full, and so begins beside its button. */
const separators = /[:\s-]/;
