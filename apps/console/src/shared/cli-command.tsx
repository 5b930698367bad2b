import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import "./cli-command.css";

/** A command line with a button that copies it. */
export function CliCommand({ command }: { readonly command: string }) {
  return (
    <div className="cli-command">
      <pre tabIndex={0} aria-label="Command">
        <code>{command}</code>
      </pre>
      <CopyToClipboard
        variant="icon"
        copyButtonAriaLabel="Copy the command"
        copySuccessText="Copied"
        copyErrorText="Could not copy"
        textToCopy={command}
      />
    </div>
  );
}
