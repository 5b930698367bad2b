import type { LifecycleRule } from "@aws-sdk/client-s3";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { keyOf } from "../../api/hooks.ts";
import { send } from "../../api/send.ts";
import { useFlash } from "../../app/flash.tsx";
import { ConfirmDialog } from "../../shared/confirm-dialog.tsx";
import { EditDelete } from "../../shared/edit-delete.tsx";
import { EmptyState } from "../../shared/empty-state.tsx";
import { Loaded } from "../../shared/loaded.tsx";
import { settingQuery, type OfBucket } from "../bucket.ts";
import { actionTexts, isSimple, prefixOf } from "./lifecycle-draft.ts";
import { LifecycleDialog } from "./lifecycle-dialog.tsx";

interface Shown {
  readonly kind: "create" | "edit" | "delete";
  readonly rule?: LifecycleRule;
}

/** Rules by which objects go by themselves. */
export function ManagementTab({ bucket }: OfBucket) {
  const query = useQuery(
    settingQuery(
      bucket,
      "GetBucketLifecycleConfiguration",
      async (signal) => (await send("s3", "GetBucketLifecycleConfiguration", { Bucket: bucket }, signal)).Rules ?? [],
    ),
  );
  const [shown, setShown] = useState<Shown>();
  const save = useSaveRules(bucket);
  const rules = query.data ?? [];
  const without = (rule: LifecycleRule | undefined) => rules.filter((each) => each !== rule);
  const create = (
    <Button key="create" onClick={() => setShown({ kind: "create" })}>
      Create lifecycle rule
    </Button>
  );
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={query.data === undefined ? "" : `(${rules.length})`}
          description="What is older than a rule says goes by itself, within an hour of the next midnight (UTC)."
          actions={create}
        >
          Lifecycle rules
        </Header>
      }
    >
      <Loaded query={query}>
        {() => (
          <Table<LifecycleRule>
            variant="embedded"
            wrapLines
            ariaLabels={{ tableLabel: "Lifecycle rules" }}
            items={rules}
            trackBy={({ ID = "" }) => ID}
            columnDefinitions={[
              { id: "name", header: "Lifecycle rule name", isRowHeader: true, cell: ({ ID }) => ID },
              { id: "status", header: "Status", cell: ({ Status }) => Status },
              { id: "scope", header: "Scope", cell: scopeText },
              { id: "actions-of", header: "What it does", minWidth: 220, cell: (rule) => actionTexts(rule).join("; ") },
              {
                id: "actions",
                header: "Actions",
                minWidth: 130,
                cell: (rule) => (
                  <EditDelete
                    name={rule.ID ?? ""}
                    cannotEdit={isSimple(rule) ? undefined : "It has more than this form: edit it by the API"}
                    onEdit={() => setShown({ kind: "edit", rule })}
                    onDelete={() => setShown({ kind: "delete", rule })}
                  />
                ),
              },
            ]}
            empty={
              <EmptyState title="No lifecycle rules" actions={create}>
                Objects stay until somebody deletes them.
              </EmptyState>
            }
          />
        )}
      </Loaded>
      {shown && shown.kind !== "delete" && (
        <LifecycleDialog
          bucket={bucket}
          before={shown.rule}
          others={without(shown.rule)}
          save={(all) => save(all, "The lifecycle rule was saved")}
          onClose={() => setShown(undefined)}
        />
      )}
      {shown?.kind === "delete" && (
        <ConfirmDialog
          title={`Delete the lifecycle rule ${shown.rule?.ID}?`}
          action="Delete"
          onConfirm={() => save(without(shown.rule), "The lifecycle rule was deleted")}
          onClose={() => setShown(undefined)}
        >
          What it would have expired stays.
        </ConfirmDialog>
      )}
    </Container>
  );
}

const scopeText = (rule: LifecycleRule): string => {
  const prefix = prefixOf(rule) === "" ? "All objects" : `Prefix ${prefixOf(rule)}`;
  return Object.keys(rule.Filter ?? {}).every((name) => name === "Prefix") ? prefix : `${prefix}, with further filters`;
};

/** Puts a bucket's rules; none: the configuration goes. */
function useSaveRules(bucket: string) {
  const cache = useQueryClient();
  const flash = useFlash();
  return async (rules: readonly LifecycleRule[], done: string): Promise<void> => {
    if (rules.length === 0) await send("s3", "DeleteBucketLifecycle", { Bucket: bucket });
    else await send("s3", "PutBucketLifecycleConfiguration", { Bucket: bucket, LifecycleConfiguration: { Rules: [...rules] } });
    flash.success("lifecycle", `${done}.`);
    await cache.invalidateQueries({ queryKey: keyOf("s3", "GetBucketLifecycleConfiguration") });
  };
}
