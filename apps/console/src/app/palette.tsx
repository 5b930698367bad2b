import type { SideNavigationProps } from "@cloudscape-design/components/side-navigation";
import { useMemo } from "react";
import { useAwsAll } from "../api/hooks.ts";
import { paging } from "../api/paging.ts";
import { ChooseDialog, type Choice } from "../shared/choose-dialog.tsx";
import { navigationItems } from "./navigation.tsx";
import { paths } from "./paths.ts";
import { isDark, setPreferences } from "./preferences.ts";

/** Finds functions, pages and settings by a few letters. */
export function CommandPalette({ onClose, onGo }: { readonly onClose: () => void; readonly onGo: (path: string) => void }) {
  // Somebody looks for what was made a moment ago, maybe elsewhere.
  const functions = useAwsAll("lambda", "ListFunctions", {}, paging.ListFunctions, { staleTime: 0 });
  const choices = useMemo(
    () => [...(functions.data ?? []).map(({ FunctionName }) => functionCommand(FunctionName ?? "", onGo)), ...fixedCommands(onGo)],
    [functions.data, onGo],
  );
  return (
    <ChooseDialog
      title="Go to"
      placeholder="Find a function, page or setting"
      choices={choices}
      emptyText="Nothing is called that."
      onClose={onClose}
    />
  );
}

const functionCommand = (name: string, onGo: (path: string) => void): Choice => ({
  id: `palette-function-${name}`,
  text: name,
  group: "Function",
  run: () => onGo(paths.function(name)),
});

function fixedCommands(onGo: (path: string) => void): Choice[] {
  const pages = navigationItems.flatMap(({ text: group, items }) =>
    (items as SideNavigationProps.Link[]).map(({ text, href }) => ({ text, group, path: href.slice("/console".length) })),
  );
  const create = [
    { text: "Create function", group: "Lambda", path: paths.createFunction },
    { text: "Create layer", group: "Lambda", path: paths.createLayer },
    { text: "Create bucket", group: "S3", path: paths.createBucket },
    { text: "Create role", group: "Identity and access", path: paths.createRole },
    { text: "Create user", group: "Identity and access", path: paths.createUser },
  ];
  return [
    ...[...pages, ...create].map(({ text, group, path }) => ({ id: `palette-page-${path}`, text, group, run: () => onGo(path) })),
    {
      id: "palette-colours",
      text: isDark() ? "Use light colours" : "Use dark colours",
      group: "Setting",
      run: () => setPreferences({ mode: isDark() ? "light" : "dark" }),
    },
    { id: "palette-compact", text: "Compact spacing", group: "Setting", run: () => setPreferences({ density: "compact" }) },
    { id: "palette-comfortable", text: "Comfortable spacing", group: "Setting", run: () => setPreferences({ density: "comfortable" }) },
  ];
}
