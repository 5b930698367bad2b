import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import "./cli-command.css";

interface CliCommandProps {
  readonly command: string;
  /** What it is, for screen readers: `Policy`. */
  readonly label?: string;
}

/** A command line, or other text for machines, with a button that copies it. */
export function CliCommand({ command, label = "Command" }: CliCommandProps) {
  return (
    <div className="cli-command">
      <pre tabIndex={0} aria-label={label}>
        <code>{command}</code>
      </pre>
      <CopyToClipboard
        variant="icon"
        copyButtonAriaLabel={`Copy the ${label.toLowerCase()}`}
        copySuccessText="Copied"
        copyErrorText="Could not copy"
        textToCopy={command}
      />
    </div>
  );
}
