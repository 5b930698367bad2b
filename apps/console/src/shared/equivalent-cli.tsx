import ExpandableSection from "@cloudscape-design/components/expandable-section";
import { otherRegion } from "../api/send.ts";
import { CliCommand } from "./cli-command.tsx";

type CliValue = string | number | boolean | object | readonly string[] | undefined;

/** Options of an aws command: `{ "function-name": "X", publish: true, environment: {...}, "tag-keys": ["a", "b"] }`. Undefined ones are left out. */
export type CliOptions = Readonly<Record<string, CliValue>>;

/** Services that are the same in every region. */
const globalServices: ReadonlySet<string> = new Set(["iam"]);

/** The aws CLI's command that does the same: `cliCommand("lambda", "update-function-configuration", {...})`. Names the region unless it is the server's own. */
export function cliCommand(service: string, command: string, options: CliOptions): string {
  const region = globalServices.has(service) ? undefined : otherRegion();
  const parts = Object.entries({ ...options, region }).flatMap(([name, value]) => optionText(name, value) ?? []);
  return [`aws ${service} ${command}`, ...parts].join(" \\\n  ");
}

function optionText(name: string, value: CliValue): string | undefined {
  if (value === undefined || value === false) return undefined;
  if (value === true) return `--${name}`;
  if (isTexts(value)) return `--${name} ${value.map(shellWord).join(" ")}`;
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  // The CLI would take what begins with a dash for another option.
  return `--${name}${text.startsWith("-") ? "=" : " "}${shellWord(text)}`;
}

const isTexts = (value: CliValue): value is readonly string[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "string");

const shellWord = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

/** What the aws CLI would be told to do the same as this form, to be copied. */
export function EquivalentCli({ commands }: { readonly commands: readonly string[] }) {
  return (
    <ExpandableSection headerText="Equivalent CLI command" variant="footer">
      <CliCommand command={commands.join("\n\n")} />
    </ExpandableSection>
  );
}
