import type { Blueprint } from "./blueprints/blueprint.ts";
import { latestOf, useRuntimeChoices } from "./runtime-choices.ts";

/** What a blueprint would be run by. */
export interface BlueprintRuntime {
  /** `python3.14`; empty if there is none, or none is known yet. */
  readonly runtime: string;
  readonly label: string;
  /** Why the blueprint can't be used here. */
  readonly disabledReason?: string;
}

const languages = { python: "Python", nodejs: "Node.js" } as const;

/** The newest runtime of the blueprint's language that this machine has. */
export function useBlueprintRuntime({ family }: Blueprint): BlueprintRuntime {
  const { choices } = useRuntimeChoices();
  const latest = latestOf(choices).find((choice) => choice.family === family);
  if (latest) return { runtime: latest.runtime, label: latest.label };
  if (choices.length === 0) return { runtime: "", label: languages[family] };
  return { runtime: "", label: languages[family], disabledReason: `This machine has no ${languages[family]} to run it with.` };
}
