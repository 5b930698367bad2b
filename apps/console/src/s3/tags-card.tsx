import type { Tag } from "@aws-sdk/client-s3";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { keyOf } from "../api/hooks.ts";
import { useFlash } from "../app/flash.tsx";
import { PairsEditor } from "../functions/detail/configuration/pairs-editor.tsx";
import type { Pair } from "../functions/detail/configuration/pairs.ts";
import type { Answer } from "../shared/answer.ts";
import { FormDialog } from "../shared/form-dialog.tsx";
import { Loaded } from "../shared/loaded.tsx";
import { TagsTable } from "../shared/tags-table.tsx";

interface TagsCardProps {
  /** null: none are set. */
  readonly query: Answer<readonly Tag[] | null>;
  readonly most: number;
  /** Whose they are: the bucket's name, the object's key. */
  readonly subject: string;
  readonly commandOf: (tags: readonly CompleteTag[]) => string;
  readonly save: (tags: readonly CompleteTag[]) => Promise<unknown>;
}

/** A tag as S3 takes it. */
interface CompleteTag {
  readonly Key: string;
  readonly Value: string;
}

const pairsOfTags = (tags: readonly Tag[] | null = []): Pair[] =>
  (tags ?? []).map(({ Key = "", Value = "" }) => ({ key: Key, value: Value }));

/** Tags of a bucket or an object. */
export function TagsCard(props: TagsCardProps) {
  const { query } = props;
  const [isEditing, setEditing] = useState(false);
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={query.data ? `(${query.data.length})` : ""}
          actions={
            <Button ariaLabel="Edit tags" disabled={query.data === undefined} onClick={() => setEditing(true)}>
              Edit
            </Button>
          }
        >
          Tags
        </Header>
      }
    >
      <Loaded query={query}>{(tags) => <TagsTable tags={pairsOfTags(tags)} />}</Loaded>
      {isEditing && <TagsDialog {...props} onClose={() => setEditing(false)} />}
    </Container>
  );
}

function TagsDialog({ query, most, subject, commandOf, save, onClose }: TagsCardProps & { readonly onClose: () => void }) {
  const [pairs, setPairs] = useState<readonly Pair[]>(() => pairsOfTags(query.data));
  const [isShown, setShown] = useState(false);
  const cache = useQueryClient();
  const flash = useFlash();
  const tags = pairs.map(({ key, value }) => ({ Key: key, Value: value }));
  const submit = async (): Promise<void> => {
    await save(tags);
    flash.success("tags", `Successfully edited the tags of ${subject}.`);
    await cache.invalidateQueries({ queryKey: keyOf("s3") });
  };
  const problemOf = ({ key }: Pair): string | undefined =>
    key.length >= 1 && key.length <= 128 ? undefined : "A key has 1 to 128 characters.";
  return (
    <FormDialog
      title="Edit tags"
      action="Save changes"
      isValid={pairs.every((pair) => problemOf(pair) === undefined)}
      onInvalid={() => setShown(true)}
      submit={submit}
      commands={[commandOf(tags)]}
      onClose={onClose}
    >
      <PairsEditor
        pairs={pairs}
        noun="tag"
        most={most}
        keyProblem={(pair) => (isShown ? problemOf(pair) : undefined)}
        onChange={setPairs}
      />
    </FormDialog>
  );
}
