import ExpandableSection from "@cloudscape-design/components/expandable-section";
import { CliCommand } from "./cli-command.tsx";

/** Options of an aws command: `{ "function-name": "X", "memory-size": 256, publish: true, environment: {...} }`. Undefined ones are left out. */
export type CliOptions = Readonly<Record<string, string | number | boolean | object | undefined>>;

/** The aws CLI's command that does the same: `cliCommand("lambda", "update-function-configuration", {...})`. */
export function cliCommand(service: string, command: string, options: CliOptions): string {
  const parts = Object.entries(options).flatMap(([name, value]) => {
    if (value === undefined || value === false) return [];
    return value === true ? [`--${name}`] : [`--${name} ${shellWord(value)}`];
  });
  return [`aws ${service} ${command}`, ...parts].join(" \\\n  ");
}

function shellWord(value: string | number | true | object): string {
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** What the aws CLI would be told to do the same as this form, to be copied. */
export function EquivalentCli({ commands }: { readonly commands: readonly string[] }) {
  return (
    <ExpandableSection headerText="Equivalent CLI command" variant="footer">
      <CliCommand command={commands.join("\n\n")} />
    </ExpandableSection>
  );
}
