import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { saveAs } from "../../functions/detail/code/save-as.ts";
import { CliCommand } from "../../shared/cli-command.tsx";
import { CopyText } from "../../shared/copy-text.tsx";

/** A part of what is shown once. */
interface SecretPart {
  readonly label: string;
  readonly value: string;
  /** Hidden until somebody asks. */
  readonly secret?: true;
}

interface SecretDialogProps {
  /** `Access key created` */
  readonly title: string;
  readonly parts: readonly SecretPart[];
  /** Of the .csv file. */
  readonly fileName: string;
  /** Lines to be pasted that use it. */
  readonly commands?: string;
  readonly onClose: () => void;
}

/** Shows what can't be shown again. It lives as long as the dialog. */
export function SecretDialog({ title, parts, fileName, commands, onClose }: SecretDialogProps) {
  return (
    <Modal
      visible
      size="medium"
      header={title}
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button key="csv" iconName="download" onClick={() => saveAs(fileName, new TextEncoder().encode(csvOf(parts)), "text/csv")}>
              Download .csv file
            </Button>
            <Button key="done" variant="primary" onClick={onClose}>
              Done
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Alert key="once" type="warning">
          This is the only time that it can be seen. Keep it now; if it is lost, make another.
        </Alert>
        <KeyValuePairs
          key="parts"
          columns={1}
          items={parts.map((part) => ({
            label: part.label,
            value: part.secret ? <Secret part={part} /> : <CopyText text={part.value} label={part.label} />,
          }))}
        />
        {commands !== undefined && (
          <div key="commands">
            <Box variant="awsui-key-label">Use it in a shell</Box>
            <CliCommand command={commands} />
          </div>
        )}
      </SpaceBetween>
    </Modal>
  );
}

function Secret({ part: { label, value } }: { readonly part: SecretPart }) {
  const [shown, setShown] = useState(false);
  return (
    <SpaceBetween direction="horizontal" size="xs" alignItems="center">
      <CopyText text={value} shown={shown ? value : "••••••••••••"} label={label} />
      <Button variant="inline-link" ariaLabel={shown ? `Hide ${label}` : `Show ${label}`} onClick={() => setShown(!shown)}>
        {shown ? "Hide" : "Show"}
      </Button>
    </SpaceBetween>
  );
}

const csvOf = (parts: readonly SecretPart[]): string =>
  [parts.map(({ label }) => label), parts.map(({ value }) => value)]
    .map((row) => row.map((text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(","))
    .join("\r\n");
