import { mappedFunctionArn, mappingArn, type MappedFunctions, type MappingRecord } from "@mayfly/lambda";

/** What keeps a mapping from working, told to whoever looks at it for as long as it lasts. */
export interface Problems {
  /** @param of what went wrong; a later word of the same replaces it */
  set(of: string, error: unknown): void;
  clear(of: string): void;
}

export function createProblems(
  mapping: MappingRecord,
  functions: Pick<MappedFunctions, "tell">,
  onProblem: (line: string) => void,
): Problems {
  const current = new Map<string, string>();
  let told = mapping.lastProcessingResult;
  let writing = Promise.resolve();

  const tell = (): void => {
    const [text] = current.values();
    if (text === told) return;
    told = text;
    if (text !== undefined) onProblem(`${mappingArn(mapping)} of ${mappedFunctionArn(mapping)}: ${text}`);
    writing = writing
      .then(() => functions.tell(mapping, text))
      .catch((error: unknown) => onProblem(`${mappingArn(mapping)} could not be changed: ${String(error)}`));
  };
  return {
    set(of, error) {
      current.set(of, `PROBLEM: ${error instanceof Error ? error.message : String(error)}`);
      tell();
    },
    clear(of) {
      current.delete(of);
      tell();
    },
  };
}
