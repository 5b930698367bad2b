import Tabs from "@cloudscape-design/components/tabs";
import "./code-preview.css";

/** Files to be read, not changed: a tab each. */
export function CodePreview({ files }: { readonly files: Readonly<Record<string, string>> }) {
  return (
    <Tabs
      ariaLabel="Files"
      tabs={Object.entries(files).map(([path, text]) => ({
        id: path,
        label: path,
        content: (
          <pre className="code-preview" tabIndex={0} aria-label={path}>
            <code>{text}</code>
          </pre>
        ),
      }))}
    />
  );
}
