import Box from "@cloudscape-design/components/box";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import { useMemo, useState } from "react";
import "./choose-dialog.css";
import { useFocusInDialog } from "./use-focus-in-dialog.ts";

/** One of the things to choose from. */
export interface Choice {
  readonly id: string;
  readonly text: string;
  /** Beside the text: what kind of thing it is. */
  readonly group: string;
  readonly run: () => void;
}

interface ChooseDialogProps {
  readonly title: string;
  readonly placeholder: string;
  readonly choices: readonly Choice[];
  readonly emptyText: string;
  readonly onClose: () => void;
}

/** No more than these are shown. */
const mostShown = 12;

/** Finds one of many things by a few letters; arrow keys choose, Enter takes it. */
export function ChooseDialog({ title, placeholder, choices, emptyText, onClose }: ChooseDialogProps) {
  const field = useFocusInDialog();
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const found = useMemo(() => matching(choices, text).slice(0, mostShown), [choices, text]);
  const current = found[Math.min(chosen, found.length - 1)];
  const idOf = (choice: Choice): string => `choice-${choices.indexOf(choice)}`;
  const run = (choice: Choice | undefined): void => {
    if (!choice) return;
    onClose();
    choice.run();
  };
  return (
    <Modal visible header={title} onDismiss={onClose} closeAriaLabel="Close">
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
          ref={field}
          placeholder={placeholder}
          ariaLabel={placeholder}
          nativeInputAttributes={{
            role: "combobox",
            "aria-expanded": true,
            "aria-controls": "choices",
            "aria-activedescendant": current && idOf(current),
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
      <ul id="choices" role="listbox" aria-label={title} className="choices">
        {found.map((choice) => (
          <li key={choice.id} id={idOf(choice)} role="option" aria-selected={choice === current} onClick={() => run(choice)}>
            <span>{choice.text}</span>
            <span className="choice-group">{choice.group}</span>
          </li>
        ))}
      </ul>
      {found.length === 0 && <Box color="text-body-secondary">{emptyText}</Box>}
    </Modal>
  );
}

/** Choices that hold the letters in their order; those that begin with them, or hold them in one piece, first. */
function matching(choices: readonly Choice[], text: string): Choice[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return [...choices];
  return choices
    .map((choice) => ({ choice, rank: rankOf(choice.text.toLowerCase(), wanted) }))
    .filter(({ rank }) => Number.isFinite(rank))
    .sort((a, b) => a.rank - b.rank)
    .map(({ choice }) => choice);
}

function rankOf(name: string, wanted: string): number {
  if (name.startsWith(wanted)) return 0;
  if (name.includes(wanted)) return 1;
  let from = 0;
  for (const letter of wanted) {
    from = name.indexOf(letter, from) + 1;
    if (from === 0) return Number.POSITIVE_INFINITY;
  }
  return 2;
}
