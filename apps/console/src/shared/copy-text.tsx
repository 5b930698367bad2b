import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import { Fragment } from "react";

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
      textToDisplay={
        <span className="wrap-anywhere">
          <Breakable text={shown ?? text} />
        </span>
      }
      copyButtonAriaLabel={`Copy ${label}`}
      copySuccessText={`${label} copied`}
      copyErrorText={`${label} could not be copied`}
    />
  );
}

/** Wraps an ARN between its parts, not within a word. */
function Breakable({ text }: { readonly text: string }) {
  return text.split(/(?<=[:/])/).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
