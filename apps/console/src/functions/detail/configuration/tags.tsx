import { useState } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { keyOf } from "../../../api/hooks.ts";
import { send } from "../../../api/send.ts";
import { cliCommand } from "../../../shared/equivalent-cli.tsx";
import { TagsTable } from "../../../shared/tags-table.tsx";
import { useCurrentFunction } from "../function-context.ts";
import { EditForm } from "./edit-form.tsx";
import { limits } from "./limits.ts";
import { PairsEditor } from "./pairs-editor.tsx";
import { pairsOf, recordOf, type Pair } from "./pairs.ts";
import type { SectionViewProps } from "./section.ts";
import { SectionView } from "./section-view.tsx";

/** The function's tags. */
export function TagsView({ onEdit }: SectionViewProps) {
  const pairs = pairsOf(useCurrentFunction().tags);
  return (
    <SectionView title="Tags" counter={`(${pairs.length})`} onEdit={onEdit}>
      <TagsTable tags={pairs}>Tags group functions by project, team or stage; the Functions page filters by them.</TagsTable>
    </SectionView>
  );
}

/** Edits the tags: what is gone is untagged, what is new or changed is tagged. */
export function TagsEdit({ onDone }: { readonly onDone: () => void }) {
  const { configuration, tags } = useCurrentFunction();
  const [pairs, setPairs] = useState<readonly Pair[]>(() => pairsOf(tags));
  const [shown, setShown] = useState(false);
  const cache = useQueryClient();
  const resource = configuration.FunctionArn ?? "";
  const added = Object.fromEntries(Object.entries(recordOf(pairs)).filter(([key, value]) => tags[key] !== value));
  const removed = Object.keys(tags).filter((key) => !pairs.some((pair) => pair.key === key));
  const keyProblem = ({ key }: Pair, index: number): string | undefined => {
    if (key === "" || key.length > 128) return "A key has 1 to 128 characters.";
    if (key.toLowerCase().startsWith("aws:")) return "Keys that begin with aws: are reserved.";
    return pairs.findIndex((pair) => pair.key === key) < index ? "There is a tag of this key already." : undefined;
  };
  const valueProblem = ({ value }: Pair): string | undefined => (value.length > 256 ? "A value has at most 256 characters." : undefined);
  return (
    <EditForm
      title="Edit tags"
      isValid={pairs.every((pair, index) => keyProblem(pair, index) === undefined && valueProblem(pair) === undefined)}
      onInvalid={() => setShown(true)}
      save={async () => {
        if (Object.keys(added).length > 0) await send("lambda", "TagResource", { Resource: resource, Tags: added });
        if (removed.length > 0) await send("lambda", "UntagResource", { Resource: resource, TagKeys: removed });
        await cache.invalidateQueries({ queryKey: keyOf("mayfly", "ListFunctionTags") });
      }}
      commands={[
        ...(Object.keys(added).length > 0 || removed.length === 0 ? [cliCommand("lambda", "tag-resource", { resource, tags: added })] : []),
        ...(removed.length > 0 ? [cliCommand("lambda", "untag-resource", { resource, "tag-keys": removed })] : []),
      ]}
      onDone={onDone}
    >
      <PairsEditor
        pairs={pairs}
        onChange={setPairs}
        noun="tag"
        most={limits.tags}
        keyProblem={(pair, index) => (shown || pair.key !== "" ? keyProblem(pair, index) : undefined)}
        valueProblem={valueProblem}
      />
    </EditForm>
  );
}
