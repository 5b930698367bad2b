import type { InputProps } from "@cloudscape-design/components/input";
import { useEffect, useRef, type RefObject } from "react";

/** For a dialog's first field: the dialog itself would give the focus to its close button. */
export function useFocusInDialog(): RefObject<InputProps.Ref | null> {
  const field = useRef<InputProps.Ref>(null);
  useEffect(() => {
    // After the dialog has moved it.
    const frame = requestAnimationFrame(() => field.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  return field;
}
