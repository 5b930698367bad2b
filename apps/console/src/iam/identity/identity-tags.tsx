import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { tagProblem } from "../../functions/create/function-form.ts";
import { PairsEditor } from "../../functions/detail/configuration/pairs-editor.tsx";
import { pairsOf, type Pair } from "../../functions/detail/configuration/pairs.ts";
import { useAddressState } from "../../shared/address-state.ts";
import { EmptyState } from "../../shared/empty-state.tsx";
import { EditFrame } from "./edit-frame.tsx";
import { identityLimits, useIdentity } from "./identity.ts";
import { identityCommand, operationsOn } from "./identity-operations.ts";

/** The tags of the role or user. */
export function IdentityTags() {
  const identity = useIdentity();
  const [edit, setEdit] = useAddressState("edit", "push");
  const tags = Object.fromEntries(identity.tags.map(({ Key = "", Value = "" }) => [Key, Value]));
  const pairs = pairsOf(tags);
  if (edit !== undefined) return <TagsEdit tags={tags} onClose={() => setEdit(undefined)} />;
  return (
    <Table<Pair>
      ariaLabels={{ tableLabel: "Tags" }}
      header={
        <Header variant="h2" counter={`(${pairs.length})`} actions={<Button onClick={() => setEdit("tags")}>Manage tags</Button>}>
          Tags
        </Header>
      }
      items={pairs}
      columnDefinitions={[
        { id: "key", header: "Key", cell: ({ key }) => key, isRowHeader: true },
        { id: "value", header: "Value", cell: ({ value }) => value || "-" },
      ]}
      empty={
        <EmptyState title="No tags">
          Tags group what you have by project, team or stage; conditions of policies can speak of them.
        </EmptyState>
      }
    />
  );
}

interface TagsEditProps {
  readonly tags: Readonly<Record<string, string>>;
  readonly onClose: () => void;
}

/** Edits the tags: what is gone is untagged, what is new or changed is tagged. */
function TagsEdit({ tags, onClose }: TagsEditProps) {
  const identity = useIdentity();
  const [pairs, setPairs] = useState<readonly Pair[]>(() => pairsOf(tags));
  const [shown, setShown] = useState(false);
  const added = pairs.filter(({ key, value }) => tags[key] !== value).map(({ key, value }) => ({ Key: key, Value: value }));
  const removed = Object.keys(tags).filter((key) => !pairs.some((pair) => pair.key === key));
  const valueProblem = ({ value }: Pair): string | undefined => (value.length > 256 ? "A value has at most 256 characters." : undefined);
  return (
    <EditFrame
      title="Manage tags"
      action="Save changes"
      isValid={pairs.every((pair, index) => tagProblem(pair, index, pairs) === undefined && valueProblem(pair) === undefined)}
      onInvalid={() => setShown(true)}
      save={async () => {
        // First what goes: a tag whose key only changed its case would otherwise take the new one with it.
        if (removed.length > 0) await operationsOn(identity).untag(removed);
        if (added.length > 0) await operationsOn(identity).tag(added);
      }}
      done={`The tags of ${identity.name} were updated.`}
      commands={[
        ...(removed.length > 0 ? [identityCommand(identity, "untag-KIND", { "tag-keys": removed })] : []),
        ...(added.length > 0 || removed.length === 0 ? [identityCommand(identity, "tag-KIND", { tags: added })] : []),
      ]}
      onClose={onClose}
    >
      <PairsEditor
        pairs={pairs}
        onChange={setPairs}
        noun="tag"
        most={identityLimits.tags}
        keyProblem={(pair, index) => (shown || pair.key !== "" ? tagProblem(pair, index, pairs) : undefined)}
        valueProblem={valueProblem}
      />
    </EditFrame>
  );
}
