import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import { useSyncExternalStore } from "react";
import { preferencesStore, setPreferences, type Preferences } from "../app/preferences.ts";

/** Colours and spacing, kept in this browser. */
export function Appearance() {
  const { mode, density } = useSyncExternalStore(preferencesStore.subscribe, preferencesStore.get);
  return (
    <Container header={<Header variant="h2">Appearance</Header>}>
      <ColumnLayout columns={2}>
        <FormField label="Colours">
          <SegmentedControl
            label="Colours"
            selectedId={mode}
            options={[
              { id: "system", text: "As the system" },
              { id: "light", text: "Light" },
              { id: "dark", text: "Dark" },
            ]}
            onChange={({ detail }) => setPreferences({ mode: detail.selectedId as Preferences["mode"] })}
          />
        </FormField>
        <FormField label="Spacing">
          <SegmentedControl
            label="Spacing"
            selectedId={density}
            options={[
              { id: "comfortable", text: "Comfortable" },
              { id: "compact", text: "Compact" },
            ]}
            onChange={({ detail }) => setPreferences({ density: detail.selectedId as Preferences["density"] })}
          />
        </FormField>
      </ColumnLayout>
    </Container>
  );
}
