import { useImperativeHandle, type Ref } from "react";
import type { MonacoApi } from "../../functions/detail/code/monaco.ts";

/** What may be asked of an editor. */
export interface JsonEditorHandle {
  /** Takes the focus to a place. */
  readonly goTo: (line: number, column: number) => void;
}

/** Gives out the handle of an editor. */
export function useHandle(ref: Ref<JsonEditorHandle> | undefined, editor: ReturnType<MonacoApi["editor"]["create"]> | undefined): void {
  useImperativeHandle(
    ref,
    () => ({
      goTo: (lineNumber, column) => {
        editor?.setPosition({ lineNumber, column });
        editor?.revealLineInCenterIfOutsideViewport(lineNumber);
        editor?.focus();
      },
    }),
    [editor],
  );
}
