import Box from "@cloudscape-design/components/box";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import type { SideNavigationProps } from "@cloudscape-design/components/side-navigation";
import { useEffect, useMemo, useState } from "react";
import { useAwsAll } from "../api/hooks.ts";
import { paging } from "../api/paging.ts";
import { navigationItems } from "./navigation.tsx";
import { paths } from "./paths.ts";
import { isDark, setPreferences } from "./preferences.ts";
import "./palette.css";

interface Command {
  readonly id: string;
  readonly text: string;
  readonly group: string;
  readonly run: () => void;
}

/** No more than this are shown. Commands. */
const mostShown = 12;

/** Opens the palette by Ctrl+K (Cmd+K). */
export function usePaletteKeys(open: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
      event.preventDefault();
      open();
    };
    addEventListener("keydown", onKey, { capture: true });
    return () => removeEventListener("keydown", onKey, { capture: true });
  }, [open]);
}

/** Finds functions, pages and settings by a few letters; arrow keys choose, Enter goes. */
export function CommandPalette({ onClose, onGo }: { readonly onClose: () => void; readonly onGo: (path: string) => void }) {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const functions = useAwsAll("lambda", "ListFunctions", {}, paging.ListFunctions);
  const commands = useMemo(
    () => [...(functions.data ?? []).map(({ FunctionName }) => functionCommand(FunctionName ?? "", onGo)), ...fixedCommands(onGo)],
    [functions.data, onGo],
  );
  const found = useMemo(() => matching(commands, text).slice(0, mostShown), [commands, text]);
  const current = found[Math.min(chosen, found.length - 1)];
  const run = (command: Command | undefined): void => {
    if (!command) return;
    onClose();
    command.run();
  };
  return (
    <Modal visible header="Go to" onDismiss={onClose} closeAriaLabel="Close">
      <div
        onKeyDown={(event) => {
          const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
          if (step === undefined) return;
          event.preventDefault();
          setChosen((at) => (Math.min(at, found.length - 1) + step + found.length) % Math.max(found.length, 1));
        }}
      >
        <Input
          value={text}
          type="search"
          autoFocus
          placeholder="Function, page or setting"
          ariaLabel="Find a function, page or setting"
          nativeInputAttributes={{
            role: "combobox",
            "aria-expanded": true,
            "aria-controls": "palette-list",
            "aria-activedescendant": current?.id,
          }}
          onChange={({ detail }) => {
            setText(detail.value);
            setChosen(0);
          }}
          onKeyDown={({ detail }) => {
            if (detail.key === "Enter") run(current);
          }}
        />
      </div>
      <ul id="palette-list" role="listbox" aria-label="Results" className="palette-list">
        {found.map((command) => (
          <li key={command.id} id={command.id} role="option" aria-selected={command === current} onClick={() => run(command)}>
            <span>{command.text}</span>
            <span className="palette-group">{command.group}</span>
          </li>
        ))}
      </ul>
      {found.length === 0 && <Box color="text-body-secondary">Nothing is called that.</Box>}
    </Modal>
  );
}

const functionCommand = (name: string, onGo: (path: string) => void): Command => ({
  id: `palette-function-${name}`,
  text: name,
  group: "Function",
  run: () => onGo(paths.function(name)),
});

function fixedCommands(onGo: (path: string) => void): Command[] {
  const pages = navigationItems.flatMap(({ text: group, items }) =>
    (items as SideNavigationProps.Link[]).map(({ text, href }) => ({ text, group, path: href.slice("/console".length) })),
  );
  const create = [
    { text: "Create function", group: "Lambda", path: paths.createFunction },
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

/** Commands that hold the letters in their order; those that begin with them, or hold them in one piece, first. */
function matching(commands: readonly Command[], text: string): Command[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return [...commands];
  const rank = ({ text: name }: Command): number => {
    const lower = name.toLowerCase();
    if (lower.startsWith(wanted)) return 0;
    if (lower.includes(wanted)) return 1;
    let from = 0;
    for (const letter of wanted) {
      from = lower.indexOf(letter, from) + 1;
      if (from === 0) return Number.POSITIVE_INFINITY;
    }
    return 2;
  };
  return commands
    .map((command) => ({ command, rank: rank(command) }))
    .filter((entry) => Number.isFinite(entry.rank))
    .sort((a, b) => a.rank - b.rank)
    .map(({ command }) => command);
}
