import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { formattedJson } from "../json-text.ts";
import type { PolicyKind } from "./policy-problem.ts";
import { PolicyWords } from "./policy-words.tsx";
import "../../shared/cli-command.css";

interface PolicyDocumentProps {
  /** JSON text. */
  readonly document: string;
  readonly kind: PolicyKind;
  /** `Document of ReadOnlyAccess` */
  readonly ariaLabel: string;
}

/** A policy document to be read: what it means in words, and its JSON with a button that copies it. */
export function PolicyDocument({ document, kind, ariaLabel }: PolicyDocumentProps) {
  const text = formattedJson(document) ?? document;
  return (
    <SpaceBetween size="s">
      <PolicyWords key="words" document={document} kind={kind} />
      <div key="json" className="cli-command policy-document">
        <pre tabIndex={0} aria-label={ariaLabel}>
          <code>{text}</code>
        </pre>
        <CopyToClipboard
          variant="icon"
          copyButtonAriaLabel="Copy the JSON"
          copySuccessText="Copied"
          copyErrorText="Could not copy"
          textToCopy={text}
        />
      </div>
    </SpaceBetween>
  );
}
