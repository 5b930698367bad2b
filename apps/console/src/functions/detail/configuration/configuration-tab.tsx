import Container from "@cloudscape-design/components/container";
import Grid from "@cloudscape-design/components/grid";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import SideNavigation from "@cloudscape-design/components/side-navigation";
import { useSyncExternalStore } from "react";
import { useNavigate, useParams } from "react-router";
import { hrefOf, useFollow } from "../../../app/follow.ts";
import { paths } from "../../../app/paths.ts";
import { EmptyState } from "../../../shared/empty-state.tsx";
import { useAddressState } from "../../../shared/address-state.ts";
import { useCurrentFunction } from "../function-context.ts";
import { sections } from "./sections.ts";

/** The function's settings: a rail of sections, each with a view and a form. */
export function ConfigurationTab() {
  const { functionName, qualifier } = useCurrentFunction();
  const shown = sections.filter(({ of }) => qualifier === undefined || of !== "function");
  const { section: id = "general" } = useParams();
  const section = shown.find((candidate) => candidate.id === id) ?? shown[0];
  const [editing, setEditing] = useAddressState("edit", "push");
  const follow = useFollow();
  const navigate = useNavigate();
  const isNarrow = useIsNarrow();
  if (!section) return null;
  const { View, Edit, missing, label } = section;
  const isEditable = qualifier === undefined || section.of === "qualifier";
  return (
    <Grid gridDefinition={[{ colspan: { default: 12, s: 3 } }, { colspan: { default: 12, s: 9 } }]}>
      {isNarrow ? (
        <Select
          ariaLabel="Section of the configuration"
          selectedOption={{ value: section.id, label }}
          options={shown.map((item) => ({ value: item.id, label: item.label }))}
          onChange={({ detail }) =>
            void navigate(paths.functionConfiguration(functionName, detail.selectedOption.value ?? "general", qualifier))
          }
        />
      ) : (
        <SideNavigation
          activeHref={hrefOf(paths.functionConfiguration(functionName, section.id, qualifier))}
          items={shown.map((item) => ({
            type: "link",
            text: item.label,
            href: hrefOf(paths.functionConfiguration(functionName, item.id, qualifier)),
          }))}
          onFollow={follow}
        />
      )}
      <div>
        {editing !== undefined && Edit && isEditable ? (
          <Edit key={section.id} onDone={() => setEditing(undefined)} />
        ) : (
          View && <View key={section.id} onEdit={isEditable && Edit ? () => setEditing("true") : undefined} />
        )}
        {missing && (
          <Container header={<Header variant="h2">{label}</Header>}>
            <EmptyState title="Not available">{missing}</EmptyState>
          </Container>
        )}
      </div>
    </Grid>
  );
}

const narrow = matchMedia("(max-width: 912px)");
const subscribe = (listener: () => void): (() => void) => {
  narrow.addEventListener("change", listener);
  return () => narrow.removeEventListener("change", listener);
};

/** Whether there is no room for the rail beside the settings. */
const useIsNarrow = (): boolean => useSyncExternalStore(subscribe, () => narrow.matches);
