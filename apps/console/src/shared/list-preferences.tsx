import CollectionPreferences, { type CollectionPreferencesProps } from "@cloudscape-design/components/collection-preferences";
import type { ResourceColumn } from "./resource-rows.ts";

/** A list's columns, the preferences chosen, and what to call its things: `functions`. */
export interface ListPreferencesProps<T> {
  readonly columns: readonly ResourceColumn<T>[];
  readonly value: CollectionPreferencesProps.Preferences;
  readonly onChange: (value: CollectionPreferencesProps.Preferences) => void;
  readonly plural: string;
}

/** The button that opens a list's preferences: page size, columns and their order, density. */
export function ListPreferences<T>({ columns, value, onChange, plural }: ListPreferencesProps<T>) {
  return (
    <CollectionPreferences
      title="Preferences"
      confirmLabel="Confirm"
      cancelLabel="Cancel"
      preferences={value}
      onConfirm={({ detail }) => onChange(detail)}
      pageSizePreference={{ title: "Page size", options: [10, 25, 50, 100].map((size) => ({ value: size, label: `${size} ${plural}` })) }}
      wrapLinesPreference={{}}
      stripedRowsPreference={{}}
      contentDensityPreference={{}}
      contentDisplayPreference={{
        title: "Columns",
        options: columns.map(({ id, header }, index) => ({ id, label: header, alwaysVisible: index === 0 })),
      }}
    />
  );
}
