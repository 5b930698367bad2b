import Button from "@cloudscape-design/components/button";
import { useCallback, useEffect, useRef, useState, type ComponentType } from "react";
import type { ListPreferencesProps } from "./list-preferences.tsx";
import { whenIdle } from "./when-idle.ts";

interface ListPreferencesButtonProps<T> extends ListPreferencesProps<T> {
  /** The list is shown: there is time for what nobody has asked for yet. */
  readonly settled: boolean;
}

/** Opens a list's preferences. Their dialog is loaded once the list is shown. */
export function ListPreferencesButton<T>({ settled, ...props }: ListPreferencesButtonProps<T>) {
  const [Loaded, setLoaded] = useState<ComponentType<ListPreferencesProps<T>>>();
  const holder = useRef<HTMLSpanElement>(null);
  // What somebody did with the button before the dialog was there.
  const early = useRef<"focused" | "pressed">(undefined);
  const load = useCallback(async () => {
    const { ListPreferences } = await import("./list-preferences.tsx");
    setLoaded(() => ListPreferences);
  }, []);
  useEffect(() => {
    // Without the server it fails; a click tries again.
    return settled ? whenIdle(() => void load().catch(() => undefined)) : undefined;
  }, [settled, load]);
  useEffect(() => {
    const button = Loaded && early.current && holder.current?.querySelector("button");
    button?.focus();
    if (early.current === "pressed") button?.click();
  }, [Loaded]);
  return (
    <span ref={holder} onFocus={() => (early.current ??= "focused")} onBlur={() => (early.current = undefined)}>
      {Loaded ? (
        <Loaded {...props} />
      ) : (
        <Button
          variant="icon"
          iconName="settings"
          ariaLabel="Preferences"
          onClick={() => {
            early.current = "pressed";
            load().catch(() => undefined);
          }}
        />
      )}
    </span>
  );
}
